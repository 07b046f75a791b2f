-- The expected year end (packages/contracts/OUTLOOK.md), per programme and theme; the theme null is all of them.
-- Reads only other views of `reporting`, so that it runs with the rights of who asks and PostgreSQL can take it
-- apart: what is asked of it narrows what it reads.
CREATE FUNCTION reporting.outlook_on(of_year integer, on_day date)
RETURNS TABLE (municipality text, organisation text, programme text, theme text, theme_name text, year integer,
  budget numeric, budget_to_date numeric, to_date numeric, expected_low numeric, expected numeric,
  expected_high numeric, months integer)
LANGUAGE sql STABLE
BEGIN ATOMIC
SELECT f.municipality, f.organisation, f.programme, f.theme,
  CASE WHEN f.theme IS NOT NULL THEN coalesce(named.name, f.theme) END, of_year, f.budget, f.budget_to_date,
  f.to_date, CASE WHEN f.half IS NOT NULL THEN greatest(f.to_date, f.mid - f.half) END, f.mid, f.mid + f.half,
  f.months
FROM (
  -- x̄ = total ÷ n; s² = (n × squares − total²) ÷ (n (n − 1)); r = days_left ÷ days, in days of this month.
  SELECT s.municipality, s.organisation, s.programme, s.theme, s.budget, s.to_date,
    CASE WHEN on_day < d.year_start THEN s.budget * 0 WHEN on_day > d.year_end THEN s.budget
      ELSE s.budget * (on_day - d.year_start + 1) * 1.0000000000 / (d.year_end - d.year_start + 1)
    END AS budget_to_date,
    CASE WHEN d.is_running THEN n.months ELSE 0 END AS months,
    CASE
      WHEN d.is_running AND n.months >= 3
        THEN s.to_date + d.days_left * s.total * 1.0000000000 / (n.months * d.days)
      WHEN on_day > d.year_end THEN s.to_date
    END AS mid,
    CASE WHEN d.is_running AND n.months >= 3 THEN student.t * sqrt(
      (n.months * s.squares - s.total * s.total)
        * (d.days_left * d.days * n.months + d.days_left * d.days_left)::numeric
        / (n.months::numeric * n.months * (n.months - 1) * d.days * d.days))
    END AS half
  FROM (
    SELECT make_date(of_year, 1, 1) AS year_start, make_date(of_year, 12, 31) AS year_end,
      extract(year FROM on_day) = of_year AS is_running,
      (m.first - interval '1 year') AT TIME ZONE 'Europe/Amsterdam' AS window_start,
      m.first AT TIME ZONE 'Europe/Amsterdam' AS window_end,
      extract(year FROM on_day) * 12 + extract(month FROM on_day) AS month_number,
      extract(day FROM m.last)::integer AS days,
      ((12 - extract(month FROM on_day)) * extract(day FROM m.last)
        + extract(day FROM m.last) - extract(day FROM on_day))::bigint AS days_left
    FROM (SELECT date_trunc('month', on_day::timestamp) AS first,
      date_trunc('month', on_day::timestamp) + interval '1 month - 1 day' AS last) AS m
  ) AS d
  CROSS JOIN LATERAL (
    -- The first month with a case is the programme's: that of all its themes.
    SELECT part.municipality, part.organisation, part.programme, part.theme, sum(part.budget) AS budget,
      coalesce(sum(part.corrected) FILTER (WHERE part.year = of_year), 0) AS to_date,
      coalesce(sum(part.corrected) FILTER (WHERE part.is_observed), 0) AS total,
      coalesce(sum(part.corrected * part.corrected) FILTER (WHERE part.is_observed), 0) AS squares,
      min(min(part.case_month)) OVER (PARTITION BY part.municipality, part.organisation, part.programme)
        AT TIME ZONE 'Europe/Amsterdam' AS first_month
    FROM (
      -- Every theme's month twice: for itself, and in the month of all.
      SELECT monthly.municipality, monthly.organisation, monthly.programme, level.theme, monthly.year,
        d.is_running AND monthly.month >= d.window_start AND monthly.month < d.window_end AS is_observed,
        sum(monthly.corrected) AS corrected, min(monthly.case_month) AS case_month, NULL::numeric AS budget
      FROM (
        SELECT told.municipality, told.organisation, told.programme, told.theme, told.month, told.year,
          sum(told.corrected) AS corrected, min(told.case_month) AS case_month
        FROM (
          SELECT s.municipality, s.organisation, s.programme, s.theme, s.month, s.year, s.corrected,
            NULL::timestamptz AS case_month
          FROM reporting.savings s WHERE s.year BETWEEN of_year - 1 AND of_year
          UNION ALL
          SELECT c.municipality, c.organisation, c.programme, c.theme, c.month, c.year, 0, c.month
          FROM reporting.cases c
        ) AS told
        GROUP BY told.municipality, told.organisation, told.programme, told.theme, told.month, told.year
      ) AS monthly
      CROSS JOIN LATERAL (VALUES (monthly.theme), (NULL)) AS level(theme)
      GROUP BY monthly.municipality, monthly.organisation, monthly.programme, level.theme, monthly.month,
        monthly.year
      UNION ALL
      SELECT b.municipality, b.organisation, b.programme, b.theme, NULL, false, NULL, NULL, b.amount
      FROM reporting.year_budgets b WHERE b.year = of_year
    ) AS part
    GROUP BY part.municipality, part.organisation, part.programme, part.theme
    HAVING bool_or(part.year = of_year OR part.is_observed) OR sum(part.budget) IS NOT NULL
  ) AS s
  CROSS JOIN LATERAL (
    SELECT greatest(0, least(12, d.month_number - coalesce(
      extract(year FROM s.first_month) * 12 + extract(month FROM s.first_month), d.month_number)))::integer AS months
  ) AS n
  -- The 0.975 quantile of Student's t with n − 1 degrees of freedom.
  LEFT JOIN (VALUES (3, 4.302652729749), (4, 3.182446305284), (5, 2.776445105198), (6, 2.570581835636),
    (7, 2.446911851145), (8, 2.364624251593), (9, 2.306004135204), (10, 2.262157162798), (11, 2.228138851986),
    (12, 2.200985160092)) AS student(months, t) ON student.months = n.months
) AS f
LEFT JOIN reporting.themes named ON named.municipality = f.municipality AND named.organisation = f.organisation
  AND named.programme = f.programme AND named.theme = f.theme;
END;

CREATE VIEW reporting.outlook AS
SELECT municipality, organisation, programme, theme, theme_name, year, budget, budget_to_date, to_date,
  expected_low, expected, expected_high, months
FROM reporting.outlook_on(extract(year FROM reporting.today())::integer, reporting.today());
