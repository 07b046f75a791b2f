-- This year up to today beside last year up to the same day: the figures of the exporter.

-- Today in Amsterdam; `SET effectstroom.today = '2025-03-14'` takes another day in a session.
CREATE OR REPLACE FUNCTION reporting.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('effectstroom.today', true), '')::date,
  (now() AT TIME ZONE 'Europe/Amsterdam')::date);

-- This year up to today, and last year up to the same day (29 February: 28); `month_end` is the month after it.
CREATE VIEW elapsed_period AS
SELECT period, date_trunc('year', last::timestamp)::date AS first, last,
  (date_trunc('month', last::timestamp) + interval '1 month')::date AS month_end,
  extract(year FROM last)::integer AS year,
  extract(doy FROM last)::integer AS days,
  extract(doy FROM (date_trunc('year', last::timestamp) + interval '1 year - 1 day'))::integer AS days_in_year
FROM (VALUES ('ytd', reporting.today()),
  ('ytd_previous_year', (reporting.today() - interval '1 year')::date)) AS elapsed(period, last);

-- Where an organisation works: entries of the ledger are found by organisation.
CREATE VIEW place AS
SELECT DISTINCT tg.municipality, o.code, o.id AS organisation
FROM theme_group tg JOIN organisation o ON o.id = tg.organisation;

-- Whole months from the running totals, less the ledger's entries of the last month dated after the last day. These
-- are added up before their groups are looked up (OFFSET 0 keeps that apart), else PostgreSQL, which takes the result
-- of joins by two columns for tiny, would look for entries group by group.
CREATE VIEW reporting.savings_to_date AS
SELECT municipality, organisation, programme, theme, cost_bearer, municipal, recurrence, shown.period,
  shown.gross * 0.000001 AS gross, shown.corrected * 0.0000000001 AS corrected
FROM (
  SELECT municipality, organisation, programme, theme, cost_bearer, municipal, recurrence,
    coalesce(sum(gross) FILTER (WHERE period = 'ytd'), 0) AS gross,
    coalesce(sum(corrected) FILTER (WHERE period = 'ytd'), 0) AS corrected,
    coalesce(sum(gross) FILTER (WHERE period <> 'ytd'), 0) AS previous_gross,
    coalesce(sum(corrected) FILTER (WHERE period <> 'ytd'), 0) AS previous_corrected
  FROM (
    SELECT tg.municipality, o.code AS organisation, tg.programme, tg.theme, lg.cost_bearer, lg.municipal,
      lg.recurrence, p.period, t.gross, t.corrected
    FROM elapsed_period p
    JOIN saving_total t ON t.month BETWEEN p.first AND p.last
    JOIN organisation o ON o.id = t.organisation
    JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
    LEFT JOIN line_group lg ON lg.organisation = t.organisation AND lg.id = t.line_group
    UNION ALL
    SELECT place.municipality, place.code, named.programme, named.theme, named.cost_bearer, named.municipal,
      named.recurrence, later.period, -later.gross, -later.corrected
    FROM place
    CROSS JOIN LATERAL (
      SELECT l.case_group, e.line_group, p.period, sum(l.sign * e.amount * l.similar_cases) AS gross,
        sum(l.sign * e.amount * l.similar_cases * l.factor) AS corrected
      FROM elapsed_period p
      JOIN ledger l ON l.organisation = place.organisation AND l.date > p.last AND l.date < p.month_end
      CROSS JOIN LATERAL unnest(l.line_groups, l.amounts) AS e(line_group, amount)
      GROUP BY l.case_group, e.line_group, p.period
    ) AS later
    CROSS JOIN LATERAL (
      SELECT tg.programme, tg.theme, lg.cost_bearer, lg.municipal, lg.recurrence FROM case_group cg
      JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group
      JOIN line_group lg ON lg.organisation = cg.organisation AND lg.id = later.line_group
      WHERE cg.organisation = place.organisation AND cg.id = later.case_group
        AND tg.municipality = place.municipality OFFSET 0
    ) AS named
  ) AS part
  GROUP BY municipality, organisation, programme, theme, cost_bearer, municipal, recurrence
  HAVING sum(gross) <> 0
) AS saved
CROSS JOIN LATERAL (VALUES ('ytd', gross, corrected),
  ('ytd_previous_year', previous_gross, previous_corrected)) AS shown(period, gross, corrected);

CREATE VIEW reporting.cases_to_date AS
SELECT municipality, organisation, programme, theme, shown.*
FROM (
  SELECT municipality, organisation, programme, theme,
    coalesce(sum(registered) FILTER (WHERE period = 'ytd'), 0) AS registered,
    coalesce(sum(assessed) FILTER (WHERE period = 'ytd'), 0) AS assessed,
    coalesce(sum(represented) FILTER (WHERE period = 'ytd'), 0) AS represented,
    coalesce(sum(cost) FILTER (WHERE period = 'ytd'), 0) AS cost,
    coalesce(sum(registered) FILTER (WHERE period <> 'ytd'), 0) AS previous_registered,
    coalesce(sum(assessed) FILTER (WHERE period <> 'ytd'), 0) AS previous_assessed,
    coalesce(sum(represented) FILTER (WHERE period <> 'ytd'), 0) AS previous_represented,
    coalesce(sum(cost) FILTER (WHERE period <> 'ytd'), 0) AS previous_cost
  FROM (
    SELECT tg.municipality, o.code AS organisation, tg.programme, tg.theme, p.period,
      t.registered, t.assessed, t.represented, t.cost
    FROM elapsed_period p
    JOIN case_total t ON t.month BETWEEN p.first AND p.last
    JOIN organisation o ON o.id = t.organisation
    JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
    UNION ALL
    SELECT place.municipality, place.code, named.programme, named.theme, later.period, -later.registered,
      -later.assessed, -later.represented, -later.cost
    FROM place
    CROSS JOIN LATERAL (
      SELECT l.case_group, p.period, sum(l.sign) AS registered,
        sum(CASE WHEN l.assessed THEN l.sign ELSE 0 END) AS assessed,
        sum(l.sign::bigint * l.similar_cases) AS represented,
        sum(l.sign * l.cost::numeric * l.similar_cases) AS cost
      FROM elapsed_period p
      JOIN ledger l ON l.organisation = place.organisation AND l.date > p.last AND l.date < p.month_end
      GROUP BY l.case_group, p.period
    ) AS later
    CROSS JOIN LATERAL (
      SELECT tg.programme, tg.theme FROM case_group cg
      JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group
      WHERE cg.organisation = place.organisation AND cg.id = later.case_group
        AND tg.municipality = place.municipality OFFSET 0
    ) AS named
  ) AS part
  GROUP BY municipality, organisation, programme, theme
  HAVING sum(registered) <> 0
) AS handled
CROSS JOIN LATERAL (VALUES
  ('ytd', registered::bigint, assessed::bigint, represented::bigint, cost * 0.000001),
  ('ytd_previous_year', previous_registered::bigint, previous_assessed::bigint, previous_represented::bigint,
    previous_cost * 0.000001)
) AS shown(period, registered, assessed, represented, cost);

-- `to_date` is the share of the year's days that have passed; ten decimals more than the amount has.
CREATE VIEW reporting.budget_to_date AS
SELECT b.municipality, b.organisation, b.programme, b.theme, b.year, b.amount,
  b.amount * p.days * 1.0000000000 / p.days_in_year AS to_date
FROM elapsed_period p JOIN reporting.year_budgets b ON b.year = p.year;
