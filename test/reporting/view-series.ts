/** What the views say, in the words of /metrics. */
import { seriesName } from '../exporter/recomputation.ts';
import type { Reader } from './reader.ts';

/** Labels that all business gauges have. */
export const LABELS: readonly string[] = ['municipality', 'organisation', 'programme', 'theme'];

/** The series of one gauge. */
export function only(series: ReadonlyMap<string, number>, gauge: string): Map<string, number> {
  return new Map([...series].filter(([name]) => name.startsWith(`${gauge}{`)));
}

function labelled(row: Record<string, string | null>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? '']));
}

/** The savings to date of the views, as the exporter names and rounds them. */
export async function savingsSeries(reader: Reader): Promise<Map<string, number>> {
  const names = [...LABELS, 'cost_bearer', 'recurrence', 'period'];
  const rows = await reader.rows(`SELECT ${names.join(', ')}, round(sum(gross), 2) AS gross,
    round(sum(corrected), 2) AS corrected FROM savings_to_date GROUP BY ${names.join(', ')}`);
  return new Map(
    rows.flatMap((row) =>
      ['gross', 'corrected'].map((basis) => [
        seriesName('effectstroom_savings_euros', { ...labelled(row, names), basis }),
        Number(row[basis]),
      ]),
    ),
  );
}

/** The cases to date of the views, as the exporter names and rounds them. */
export async function casesSeries(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.rows('SELECT * FROM cases_to_date');
  return new Map(
    rows.flatMap((row) =>
      ['registered', 'assessed', 'represented'].map((state) => [
        seriesName('effectstroom_cases', { ...labelled(row, [...LABELS, 'period']), state }),
        Number(row[state]),
      ]),
    ),
  );
}

/** The budgets to date of the views, as the exporter names and rounds them. */
export async function budgetSeries(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.rows(`SELECT *, round(to_date, 2) AS euros,
    CASE year WHEN extract(year FROM today()) THEN 'ytd' ELSE 'ytd_previous_year' END AS period
    FROM budget_to_date`);
  return new Map(
    rows.map((row) => [
      seriesName('effectstroom_budget_to_date_euros', labelled(row, [...LABELS, 'period'])),
      Number(row['euros']),
    ]),
  );
}
