-- How the figures came about and how the pipeline does.

-- Entries are added up before their groups are looked up (see 0008). OFFSET 0: the day of an entry is worked out
-- once, because that takes longer than all else.
CREATE VIEW reporting.changes AS
SELECT moved.day, place.municipality, place.code AS organisation, named.programme, named.theme, moved.year, told.part,
  told.label, sum(moved.cases)::bigint AS cases, sum(moved.gross) * 0.000001 AS gross,
  sum(moved.corrected) * 0.0000000001 AS corrected
FROM place
CROSS JOIN LATERAL (
  SELECT l.day, extract(year FROM l.date)::integer AS year, l.case_group, l.part, sum(l.sign) AS cases,
    sum(l.sign * saved.amount * l.similar_cases) AS gross,
    sum(l.sign * saved.amount * l.similar_cases * l.factor) AS corrected
  FROM (
    SELECT date_trunc('day', entry.known_at, 'Europe/Amsterdam') AS day, entry.* FROM ledger entry
    WHERE entry.organisation = place.organisation OFFSET 0
  ) AS l
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM unnest(l.amounts) AS amount) AS saved
  GROUP BY 1, 2, 3, 4
) AS moved
-- Codes of ledger-part.ts.
JOIN (VALUES (1, 'new', 'Nieuwe casussen'), (2, 'corrected', 'Gewijzigde casussen'),
  (3, 'withdrawn', 'Ingetrokken casussen'), (4, 'price', 'Prijzen'),
  (5, 'percentage', 'Kans, bijdrage en aftrek'), (6, 'quantity', 'Hoeveelheid per casus'),
  (7, 'factor', 'Correctiefactor'), (8, 'settings', 'Andere instellingen'), (9, 'erasure', 'Gewiste casussen'),
  (10, 'software', 'Nieuwe versie van de software')) AS told(code, part, label) ON told.code = moved.part
CROSS JOIN LATERAL (
  SELECT tg.programme, tg.theme FROM case_group cg
  JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group
  WHERE cg.organisation = place.organisation AND cg.id = moved.case_group
    AND tg.municipality = place.municipality OFFSET 0
) AS named
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING sum(moved.cases) <> 0 OR sum(moved.gross) <> 0 OR sum(moved.corrected) <> 0;

CREATE VIEW reporting.deliveries AS
SELECT c.month, c.year, o.code AS organisation, s.uri AS source, t.municipality, t.registered, t.assessed
FROM source_total t
JOIN calendar_month c ON c.first = t.month
JOIN organisation o ON o.id = t.organisation
JOIN source s ON s.id = t.source
WHERE t.registered <> 0;

-- Sources that delivered, and those that should: these have a name and a rhythm.
CREATE VIEW reporting.sources AS
SELECT organisation, source, max(name) AS name, max(rhythm) AS rhythm, max(grace_days) AS grace_days,
  min(first_known_at) AS first_known_at, max(last_known_at) AS last_known_at
FROM (
  SELECT o.code AS organisation, s.uri AS source, NULL AS name, NULL AS rhythm, NULL::integer AS grace_days,
    d.first_known_at, d.last_known_at
  FROM source_delivery d JOIN organisation o ON o.id = d.organisation JOIN source s ON s.id = d.source
  UNION ALL
  SELECT version.key, told ->> 'source', told ->> 'name', told ->> 'rhythm', (told ->> 'graceDays')::integer,
    NULL, NULL
  FROM settings AS version CROSS JOIN LATERAL jsonb_array_elements(version.body -> 'sources') AS told
  WHERE version.kind = 'deliveries' AND NOT EXISTS (
    SELECT FROM settings AS newer
    WHERE newer.kind = 'deliveries' AND newer.key = version.key AND newer.number > version.number)
) AS known
GROUP BY organisation, source;

-- What cannot count now; what was dismissed is not among it.
CREATE VIEW reporting.quarantine AS
SELECT split_part(q.programme, '/', 1) AS municipality, o.code AS organisation,
  split_part(q.programme, '/', 3) AS programme, q.reason, count(*) AS events,
  min(q.known_at) AS oldest_known_at, max(q.known_at) AS newest_known_at
FROM quarantine q JOIN organisation o ON o.id = q.organisation
WHERE q.reason <> 'dismissed'
GROUP BY 1, 2, 3, 4;

CREATE VIEW reporting.pipeline AS
SELECT partition, known_at, stored_at, epoch, sequence, settings,
  (revaluation ->> 'done')::bigint AS revalued_cases
FROM partition_position;

-- One row: up to when everything is in the totals (null before the first), and what does not count.
CREATE VIEW reporting.freshness AS
SELECT (SELECT CASE WHEN count(*) >= (SELECT partitions FROM stream ORDER BY epoch DESC LIMIT 1)
    THEN min(known_at) END FROM partition_position) AS known_at,
  (SELECT max(newest.known_at) FROM organisation o CROSS JOIN LATERAL (
    SELECT e.known_at FROM event e WHERE e.organisation = o.id ORDER BY e.number DESC LIMIT 1) AS newest
  ) AS newest_event_at,
  (SELECT count(*) FROM quarantine WHERE reason <> 'dismissed') AS quarantined,
  (SELECT count(*) FROM unreadable) AS unreadable;

CREATE VIEW reporting.verifications AS
SELECT checked_at, seconds, cases, jsonb_array_length(faults) AS faults FROM verification;

-- What was reported; null until the closing is sealed.
CREATE VIEW reporting.closings AS
SELECT o.code AS organisation, c.period, c.known_at AS closed_at, c.sealed_at,
  (c.figures -> 'total' ->> 'gross')::numeric AS gross,
  (c.figures -> 'total' ->> 'corrected')::numeric AS corrected,
  (c.figures -> 'total' -> 'cases' ->> 'registered')::bigint AS cases
FROM closing c JOIN organisation o ON o.id = c.organisation;

-- Settings `report` (0005). Last of what one migrator does at once, because those who read settings wait for it.
ALTER TABLE settings DROP CONSTRAINT settings_kind_check;
ALTER TABLE settings ADD CONSTRAINT settings_kind_check
  CHECK (kind IN ('programme', 'price-list', 'deliveries', 'quarantine', 'closing', 'erasure', 'report'));
