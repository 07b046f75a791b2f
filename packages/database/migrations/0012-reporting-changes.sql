-- Works with 0011 and newer.
-- What became known in a stretch of time, read from that part of the ledger alone; and organisations by municipality.

-- Small: some dozens of rows for each organisation. Every question of a municipality begins here.
CREATE INDEX theme_group_municipality ON theme_group (municipality, organisation);

-- The rows of `reporting.changes` of these days, at midnight in Amsterdam; null asks for all municipalities,
-- organisations or programmes. The view works out the day of every entry before it can leave out any, because a day has
-- no fixed length. It runs with the rights of its owner, because no view tells when a single entry became known.
CREATE FUNCTION reporting.changes_between(first_day timestamptz, last_day timestamptz, municipalities text[],
  organisations text[], programmes text[])
RETURNS TABLE (day timestamptz, municipality text, organisation text, programme text, theme text, year integer,
  part text, label text, cases bigint, gross numeric, corrected numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_nestloop = off SET enable_sort = off SET work_mem = '32MB' SET join_collapse_limit = 1 SET jit = off
BEGIN ATOMIC
WITH scope AS MATERIALIZED (
  SELECT cg.organisation, cg.id, tg.municipality, o.code, tg.programme, tg.theme
  FROM theme_group tg
  JOIN organisation o ON o.id = tg.organisation
  JOIN case_group cg ON cg.organisation = tg.organisation AND cg.theme_group = tg.id
  WHERE (municipalities IS NULL OR tg.municipality = ANY (municipalities))
    AND (organisations IS NULL OR o.code = ANY (organisations))
    AND (programmes IS NULL OR tg.programme = ANY (programmes))
),
-- The longest day has 25 hours. OFFSET 0: the day of an entry is worked out once.
entry AS (
  SELECT l.day, l.organisation, l.case_group, extract(year FROM l.date)::integer AS year, l.part, l.sign,
    saved.amount * (l.sign::bigint * l.similar_cases) AS gross,
    saved.amount * (l.sign::bigint * l.similar_cases * l.factor) AS corrected
  FROM (
    SELECT date_trunc('day', ledger.known_at, 'Europe/Amsterdam') AS day, ledger.* FROM ledger
    WHERE ledger.known_at >= first_day AND ledger.known_at < last_day + interval '25 hours'
      AND ledger.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope)) OFFSET 0
  ) AS l
  CROSS JOIN LATERAL (SELECT coalesce(sum(one.amount), 0) AS amount FROM unnest(l.amounts) AS one(amount)) AS saved
  WHERE l.day BETWEEN first_day AND last_day
)
SELECT entry.day, scope.municipality, scope.code, scope.programme, scope.theme, entry.year, told.part, told.label,
  sum(entry.sign)::bigint, sum(entry.gross) * 0.000001, sum(entry.corrected) * 0.0000000001
FROM entry
JOIN scope ON scope.organisation = entry.organisation AND scope.id = entry.case_group
-- As in the view.
JOIN (VALUES (1, 'new', 'Nieuwe casussen'), (2, 'corrected', 'Gewijzigde casussen'),
  (3, 'withdrawn', 'Ingetrokken casussen'), (4, 'price', 'Prijzen'),
  (5, 'percentage', 'Kans, bijdrage en aftrek'), (6, 'quantity', 'Hoeveelheid per casus'),
  (7, 'factor', 'Correctiefactor'), (8, 'settings', 'Andere instellingen'), (9, 'erasure', 'Gewiste casussen'),
  (10, 'software', 'Nieuwe versie van de software')) AS told(code, part, label) ON told.code = entry.part
GROUP BY entry.day, scope.municipality, scope.code, scope.programme, scope.theme, entry.year, told.part, told.label
HAVING sum(entry.sign) <> 0 OR sum(entry.gross) <> 0 OR sum(entry.corrected) <> 0;
END;
REVOKE EXECUTE ON FUNCTION reporting.changes_between FROM PUBLIC;
