-- Schema `reporting`: views for Grafana and other readers of SQL (REPORTING.md), and what they stand on.
-- Nothing here rewrites a table: only writers of `case_state` wait, while an index is made.

-- A calculator of before does not know the settings `report`: its session ends here (see 0002).
SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 7246002 AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());

-- Cases that wait for an assessment: few of all.
CREATE INDEX case_state_registered ON case_state (organisation, case_id) WHERE state = 'registered';

-- CBS codes of municipalities; 0006 fills it.
CREATE TABLE municipality (
  code text PRIMARY KEY,
  name text NOT NULL
);

-- The months in which a case can be dated. Totals are joined to it, so that a year or a stretch of time that is
-- asked for becomes months that are found by key.
CREATE TABLE calendar_month (
  first date PRIMARY KEY,
  month timestamptz NOT NULL,      -- its first moment in Amsterdam
  year integer NOT NULL
);
INSERT INTO calendar_month
SELECT day::date, day AT TIME ZONE 'Europe/Amsterdam', extract(year FROM day)::integer
FROM generate_series('0001-01-01'::timestamp, '2499-12-01', '1 month') AS day;
CREATE INDEX calendar_month_year ON calendar_month (year);
CREATE INDEX calendar_month_month ON calendar_month (month);
ANALYZE calendar_month;

-- The newest version of each programme.
CREATE VIEW newest_programme AS
SELECT split_part(key, '/', 1) AS municipality, split_part(key, '/', 2) AS organisation,
  split_part(key, '/', 3) AS programme, body
FROM settings AS version
WHERE kind = 'programme' AND NOT EXISTS (
  SELECT FROM settings AS newer
  WHERE newer.kind = 'programme' AND newer.key = version.key AND newer.number > version.number);

CREATE SCHEMA IF NOT EXISTS reporting;

CREATE VIEW reporting.municipalities AS
SELECT known.code, coalesce(municipality.name, known.code) AS name
FROM (SELECT municipality AS code FROM newest_programme UNION SELECT municipality FROM theme_group) AS known
LEFT JOIN municipality ON municipality.code = known.code;

CREATE VIEW reporting.programmes AS
SELECT municipality, organisation, programme, body ->> 'name' AS name, body ->> 'method' AS method
FROM newest_programme;

-- DISTINCT tells PostgreSQL that a name is there once, so that it is not looked up where it is not asked for.
CREATE VIEW reporting.themes AS
SELECT DISTINCT ON (municipality, organisation, programme, theme)
  municipality, organisation, programme, told ->> 'code' AS theme, told ->> 'name' AS name
FROM newest_programme CROSS JOIN LATERAL jsonb_array_elements(body -> 'themes') AS told
CROSS JOIN LATERAL (SELECT told ->> 'code' AS theme) AS of_theme
ORDER BY municipality, organisation, programme, theme;

CREATE VIEW reporting.goals AS
SELECT municipality, organisation, programme, of_theme ->> 'code' AS theme, told ->> 'code' AS goal,
  told ->> 'name' AS name
FROM newest_programme CROSS JOIN LATERAL jsonb_array_elements(body -> 'themes') AS of_theme
CROSS JOIN LATERAL jsonb_array_elements(of_theme -> 'goals') AS told;

CREATE VIEW reporting.cost_bearers AS
SELECT municipality, organisation, programme, told ->> 'code' AS cost_bearer, told ->> 'name' AS name,
  (told ->> 'municipal')::boolean AS municipal
FROM newest_programme CROSS JOIN LATERAL jsonb_array_elements(body -> 'costBearers') AS told;
