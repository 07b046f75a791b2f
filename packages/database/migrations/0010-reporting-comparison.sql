-- Two periods compared, as `GET /v1/compare` does (packages/contracts/COMPARE.md): the same steps and roundings.

-- A whole number, half away from zero; `by` is above 0.
CREATE OR REPLACE FUNCTION reporting.divided(amount numeric, by numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN sign(amount) * div(2 * abs(amount) + by, 2 * by);

-- The prices in force on a day in the list of each programme, by the newest settings; in micro-euros.
CREATE FUNCTION prices_on(day date)
RETURNS TABLE (municipality text, organisation text, programme text, service text, price numeric)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT p.municipality, p.organisation, p.programme, item ->> 'service', (item ->> 'price')::numeric * 1000000
FROM newest_programme p
JOIN (
  SELECT DISTINCT ON (list.key) list.key, edition
  FROM settings AS list CROSS JOIN LATERAL jsonb_array_elements(list.body -> 'editions') AS edition
  WHERE list.kind = 'price-list' AND (edition ->> 'from')::date <= day AND NOT EXISTS (
    SELECT FROM settings AS newer
    WHERE newer.kind = 'price-list' AND newer.key = list.key AND newer.number > list.number)
  ORDER BY list.key, (edition ->> 'from')::date DESC
) AS in_force ON in_force.key = p.body ->> 'priceList'
CROSS JOIN LATERAL jsonb_array_elements(in_force.edition -> 'items') AS item;
END;

-- A row for each theme and, with the theme null, for all; for each part in its order. `cases` (registered) and
-- `represented` are of before and after. Null asks for all municipalities, organisations or programmes. It runs
-- with the rights of its owner, because it needs prices of lines, which no view tells; its plans are those of
-- reads/query-plan.ts.
CREATE FUNCTION reporting.comparison(before_from date, before_to date, after_from date, after_to date,
  municipalities text[], organisations text[], programmes text[])
RETURNS TABLE (theme text, part text, label text, "position" integer, gross numeric, corrected numeric,
  municipal numeric, cases bigint, represented bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_nestloop = off SET enable_sort = off SET work_mem = '32MB' SET join_collapse_limit = 1 SET jit = off
BEGIN ATOMIC
WITH span AS (
  -- Whole months are in the totals, the days before and after them in the ledger.
  SELECT side, first, last,
    (date_trunc('month', first - interval '1 day') + interval '1 month')::date AS months_from,
    date_trunc('month', last + interval '1 day')::date AS months_until
  FROM (VALUES ('before', before_from, before_to), ('after', after_from, after_to)) AS asked(side, first, last)
),
edge AS (
  SELECT side, first, CASE WHEN months_from < months_until THEN months_from - 1 ELSE last END AS last FROM span
  UNION ALL
  SELECT side, months_until, last FROM span WHERE months_from < months_until
),
scope AS MATERIALIZED (
  SELECT tg.organisation, tg.id, tg.theme, tg.municipality, o.code, tg.programme
  FROM theme_group tg JOIN organisation o ON o.id = tg.organisation
  WHERE (municipalities IS NULL OR tg.municipality = ANY (municipalities))
    AND (organisations IS NULL OR o.code = ANY (organisations))
    AND (programmes IS NULL OR tg.programme = ANY (programmes))
),
-- Every table here starts its key with the organisation. OFFSET 0: each period is sought by key.
entry AS MATERIALIZED (
  SELECT edge.side, l.organisation, cg.theme_group AS segment, l.sign, l.similar_cases, l.factor, l.line_groups,
    l.amounts
  FROM edge
  CROSS JOIN LATERAL (
    SELECT ledger.* FROM ledger
    WHERE ledger.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope))
      AND ledger.date BETWEEN edge.first AND edge.last OFFSET 0
  ) AS l
  JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group
    AND cg.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope))
),
cell AS (
  SELECT line.side, line.organisation, line.segment, lg.service, lg.price, lg.municipal,
    sum(line.gross) AS gross, sum(line.corrected) AS corrected
  FROM (
    SELECT span.side, t.organisation, t.theme_group AS segment, t.line_group, t.gross, t.corrected
    FROM span
    CROSS JOIN LATERAL (
      SELECT saving_total.* FROM saving_total
      WHERE saving_total.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope))
        AND saving_total.month >= span.months_from AND saving_total.month < span.months_until OFFSET 0
    ) AS t
    UNION ALL
    SELECT entry.side, entry.organisation, entry.segment, e.line_group,
      entry.sign * e.amount * entry.similar_cases, entry.sign * e.amount * entry.similar_cases * entry.factor
    FROM entry CROSS JOIN LATERAL unnest(entry.line_groups, entry.amounts) AS e(line_group, amount)
  ) AS line
  JOIN scope ON scope.organisation = line.organisation AND scope.id = line.segment
  JOIN line_group lg ON lg.organisation = line.organisation AND lg.id = line.line_group
    AND lg.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope))
  GROUP BY line.side, line.organisation, line.segment, lg.service, lg.price, lg.municipal
),
priced AS (
  SELECT cell.*,
    CASE WHEN before.price IS NULL OR coalesce(cell.price, 0) = 0 THEN cell.gross
      ELSE reporting.divided(cell.gross * before.price, cell.price) END AS repriced_gross,
    CASE WHEN before.price IS NULL OR coalesce(cell.price, 0) = 0 THEN cell.corrected
      ELSE reporting.divided(cell.corrected * before.price, cell.price) END AS repriced_corrected
  FROM cell
  JOIN scope ON scope.organisation = cell.organisation AND scope.id = cell.segment
  LEFT JOIN prices_on(before_to) AS before ON before.municipality = scope.municipality
    AND before.organisation = scope.code AND before.programme = scope.programme AND before.service = cell.service
    AND cell.side = 'after'
),
counted AS (
  SELECT handled.side, handled.organisation, handled.segment, sum(handled.registered) AS registered,
    sum(handled.represented) AS represented
  FROM (
    SELECT span.side, t.organisation, t.theme_group AS segment, t.registered, t.represented
    FROM span
    CROSS JOIN LATERAL (
      SELECT case_total.* FROM case_total
      WHERE case_total.organisation = ANY (ARRAY(SELECT DISTINCT scope.organisation FROM scope))
        AND case_total.month >= span.months_from AND case_total.month < span.months_until OFFSET 0
    ) AS t
    UNION ALL
    SELECT entry.side, entry.organisation, entry.segment, entry.sign, entry.sign * entry.similar_cases FROM entry
  ) AS handled
  GROUP BY handled.side, handled.organisation, handled.segment
),
-- A row for each segment and purse: amounts in whole units, and the segment's gross and corrected of before.
side AS (
  SELECT amounts.organisation, amounts.segment, purse.name AS purse,
    coalesce(sum(purse.own) FILTER (WHERE amounts.side = 'before'), 0) AS before,
    coalesce(sum(purse.own) FILTER (WHERE amounts.side = 'after'), 0) AS after,
    coalesce(sum(purse.repriced) FILTER (WHERE amounts.side = 'after'), 0) AS repriced,
    coalesce(sum(purse.gross) FILTER (WHERE amounts.side = 'after'), 0) AS gross_after,
    coalesce(sum(purse.repriced_gross) FILTER (WHERE amounts.side = 'after'), 0) AS gross_repriced,
    coalesce(sum(amounts.gross) FILTER (WHERE amounts.side = 'before'), 0) AS all_gross,
    coalesce(sum(amounts.corrected) FILTER (WHERE amounts.side = 'before'), 0) AS all_corrected,
    coalesce(sum(amounts.represented) FILTER (WHERE amounts.side = 'before'), 0) AS cases_before,
    coalesce(sum(amounts.represented) FILTER (WHERE amounts.side = 'after'), 0) AS cases_after,
    coalesce(sum(amounts.registered) FILTER (WHERE amounts.side = 'before'), 0) AS registered_before,
    coalesce(sum(amounts.registered) FILTER (WHERE amounts.side = 'after'), 0) AS registered_after
  FROM (
    SELECT priced.side, priced.organisation, priced.segment, priced.municipal::integer AS municipal, priced.gross,
      priced.corrected, priced.repriced_gross, priced.repriced_corrected, 0 AS registered, 0 AS represented
    FROM priced
    UNION ALL
    SELECT counted.side, counted.organisation, counted.segment, 0, 0, 0, 0, 0, counted.registered, counted.represented
    FROM counted
  ) AS amounts
  CROSS JOIN LATERAL (VALUES
    ('gross', amounts.gross, amounts.repriced_gross, 0, 0),
    ('corrected', amounts.corrected, amounts.repriced_corrected, amounts.gross, amounts.repriced_gross),
    ('municipal', amounts.corrected * municipal, amounts.repriced_corrected * municipal, amounts.gross * municipal,
      amounts.repriced_gross * municipal)
  ) AS purse(name, own, repriced, gross, repriced_gross)
  GROUP BY amounts.organisation, amounts.segment, purse.name
),
-- At the segment's average factor of before, with prices of before and its own; gross has no factor.
segment AS (
  SELECT side.*, level.theme,
    CASE WHEN side.purse = 'gross' OR side.all_gross <= 0 THEN side.repriced
      ELSE reporting.divided(side.gross_repriced * side.all_corrected, side.all_gross) END AS at_prices_before,
    CASE WHEN side.purse = 'gross' OR side.all_gross <= 0 THEN side.after
      ELSE reporting.divided(side.gross_after * side.all_corrected, side.all_gross) END AS at_factor_before
  FROM side
  JOIN scope ON scope.organisation = side.organisation AND scope.id = side.segment
  CROSS JOIN LATERAL (VALUES (scope.theme), (NULL)) AS level(theme)
),
whole AS (
  SELECT segment.*,
    sum(segment.before) OVER level AS start, sum(segment.cases_before) OVER level AS all_before,
    sum(segment.cases_after) OVER level AS all_after
  FROM segment WINDOW level AS (PARTITION BY segment.theme, segment.purse)
),
chain AS (
  SELECT whole.theme, whole.purse, whole.start, whole.all_before, sum(whole.after) AS "end",
    CASE WHEN whole.all_before > 0 THEN sum(whole.at_prices_before) END AS value,
    CASE WHEN whole.all_before > 0 THEN sum(whole.at_factor_before) END AS price,
    sum(whole.registered_before) AS registered_before, sum(whole.registered_after) AS registered_after,
    whole.all_after,
    CASE WHEN whole.all_before > 0
      THEN reporting.divided(whole.start * whole.all_after, whole.all_before) END AS volume,
    CASE WHEN whole.all_before > 0 THEN sum(CASE WHEN whole.cases_before > 0
      THEN reporting.divided(whole.before * whole.cases_after, whole.cases_before)
      ELSE reporting.divided(whole.start * whole.cases_after, nullif(whole.all_before, 0)) END) END AS mix
  FROM whole
  GROUP BY whole.theme, whole.purse, whole.start, whole.all_before, whole.all_after
),
-- Without cases before everything is volume.
step AS (
  SELECT chain.theme, chain.purse, told.part, told.label, told.place, told.amount, told.cases, told.represented
  FROM chain CROSS JOIN LATERAL (VALUES
    ('before', 'Eerste periode', 0, chain.start, chain.registered_before, chain.all_before),
    ('volume', 'Aantal casussen', 1, coalesce(chain.volume, chain."end") - chain.start, NULL, NULL),
    ('mix', 'Samenstelling van de casussen', 2, coalesce(chain.mix - chain.volume, 0), NULL, NULL),
    ('value', 'Waarde per casus', 3, coalesce(chain.value - chain.mix, 0), NULL, NULL),
    ('price', 'Prijzen', 4, coalesce(chain.price - chain.value, 0), NULL, NULL),
    ('factor', 'Correctiefactor', 5, coalesce(chain."end" - chain.price, 0), NULL, NULL),
    ('after', 'Tweede periode', 6, chain."end", chain.registered_after, chain.all_after)
  ) AS told(part, label, place, amount, cases, represented)
)
SELECT step.theme, step.part, step.label, step.place,
  sum(step.amount) FILTER (WHERE step.purse = 'gross') * 0.000001,
  sum(step.amount) FILTER (WHERE step.purse = 'corrected') * 0.0000000001,
  sum(step.amount) FILTER (WHERE step.purse = 'municipal') * 0.0000000001,
  max(step.cases)::bigint, max(step.represented)::bigint
FROM step GROUP BY step.theme, step.part, step.label, step.place
ORDER BY step.theme NULLS FIRST, step.place;
END;
REVOKE EXECUTE ON FUNCTION reporting.comparison FROM PUBLIC;
