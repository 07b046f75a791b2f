-- The figures of `reporting`: cohort view, in euros, exact. Micro-euros × 0.000001 and ten-thousandths of one
-- × 0.0000000001 stay exact, where a division would be rounded. Every row has its groups: the outer joins let
-- PostgreSQL leave out those of which nothing is asked.

CREATE VIEW reporting.savings AS
SELECT c.month, c.year, tg.municipality, o.code AS organisation, tg.programme, tg.theme,
  coalesce(named.name, tg.theme) AS theme_name, tg.goal, tg.work_type, lg.cost_bearer, lg.municipal,
  lg.recurrence, lg.cashable, t.year::integer AS counted_year,
  t.gross * 0.000001 AS gross, t.corrected * 0.0000000001 AS corrected,
  t.low * 0.0000000001 AS low, t.high * 0.0000000001 AS high,
  t.counted_gross * 0.000001 AS counted_gross, t.counted_corrected * 0.0000000001 AS counted_corrected
FROM saving_total t
JOIN calendar_month c ON c.first = t.month
LEFT JOIN organisation o ON o.id = t.organisation
LEFT JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
LEFT JOIN line_group lg ON lg.organisation = t.organisation AND lg.id = t.line_group
LEFT JOIN reporting.themes named ON named.municipality = tg.municipality AND named.organisation = o.code
  AND named.programme = tg.programme AND named.theme = tg.theme
WHERE t.gross <> 0 OR t.high <> 0;

CREATE VIEW reporting.cases AS
SELECT c.month, c.year, tg.municipality, o.code AS organisation, tg.programme, tg.theme,
  coalesce(named.name, tg.theme) AS theme_name, tg.goal, tg.work_type,
  t.registered, t.assessed, t.represented, t.cost * 0.000001 AS cost
FROM case_total t
JOIN calendar_month c ON c.first = t.month
LEFT JOIN organisation o ON o.id = t.organisation
LEFT JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
LEFT JOIN reporting.themes named ON named.municipality = tg.municipality AND named.organisation = o.code
  AND named.programme = tg.programme AND named.theme = tg.theme
WHERE t.registered <> 0;

-- The same by year in far fewer rows, for questions about everywhere; lines are told apart only by whose purse
-- and recurrence. The statistics tell PostgreSQL how many rows a year has.
CREATE STATISTICS saving_year_year ON (extract(year FROM month)::integer) FROM saving_year;
CREATE STATISTICS case_year_year ON (extract(year FROM month)::integer) FROM case_year;
ANALYZE saving_year, case_year;

CREATE VIEW reporting.savings_by_year AS
SELECT extract(year FROM t.month)::integer AS year, tg.municipality, o.code AS organisation, tg.programme,
  tg.theme, coalesce(named.name, tg.theme) AS theme_name, tg.goal, tg.work_type, t.municipal, t.recurrence,
  t.year::integer AS counted_year,
  t.gross * 0.000001 AS gross, t.corrected * 0.0000000001 AS corrected,
  t.low * 0.0000000001 AS low, t.high * 0.0000000001 AS high,
  t.counted_gross * 0.000001 AS counted_gross, t.counted_corrected * 0.0000000001 AS counted_corrected
FROM saving_year t
LEFT JOIN organisation o ON o.id = t.organisation
LEFT JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
LEFT JOIN reporting.themes named ON named.municipality = tg.municipality AND named.organisation = o.code
  AND named.programme = tg.programme AND named.theme = tg.theme
WHERE t.gross <> 0 OR t.high <> 0;

CREATE VIEW reporting.cases_by_year AS
SELECT extract(year FROM t.month)::integer AS year, tg.municipality, o.code AS organisation, tg.programme,
  tg.theme, coalesce(named.name, tg.theme) AS theme_name, tg.goal, tg.work_type,
  t.registered, t.assessed, t.represented, t.cost * 0.000001 AS cost
FROM case_year t
LEFT JOIN organisation o ON o.id = t.organisation
LEFT JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
LEFT JOIN reporting.themes named ON named.municipality = tg.municipality AND named.organisation = o.code
  AND named.programme = tg.programme AND named.theme = tg.theme
WHERE t.registered <> 0;

CREATE VIEW reporting.budgets AS
SELECT municipality, organisation, programme, (told ->> 'year')::integer AS year, told ->> 'theme' AS theme,
  told ->> 'workType' AS work_type, (told ->> 'amount')::numeric AS amount, (told ->> 'fte')::numeric AS fte,
  told ->> 'note' AS note
FROM newest_programme CROSS JOIN LATERAL jsonb_array_elements(body -> 'budgets') AS told;

-- The budgets that count: of a theme, those that name it and no work type. Of the whole (theme null), those that
-- name neither, or else the sum of the parts, in which a part is never counted beside its own whole.
CREATE VIEW reporting.year_budgets AS
SELECT municipality, organisation, programme, year, theme, sum(amount) AS amount
FROM reporting.budgets WHERE theme IS NOT NULL AND work_type IS NULL
GROUP BY municipality, organisation, programme, year, theme
UNION ALL
SELECT municipality, organisation, programme, year, NULL,
  coalesce(sum(amount) FILTER (WHERE theme IS NULL AND work_type IS NULL),
    sum(amount) FILTER (WHERE work_type IS NULL OR theme IS NULL OR NOT has_whole))
FROM (
  SELECT budgets.*,
    bool_or(work_type IS NULL) OVER (PARTITION BY municipality, organisation, programme, year, theme) AS has_whole
  FROM reporting.budgets
) AS part
GROUP BY municipality, organisation, programme, year;
