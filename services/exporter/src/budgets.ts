/** Budgets as the newest settings of each programme have them. */
import { parseEuros } from '@effectstroom/valuation';
import { sql } from 'kysely';
import type { Scope } from './collector.ts';

interface Row {
  municipality: string;
  organisation: string;
  programme: string;
  year: number;
  theme: string | null;
  work_type: string | null;
  amount: string;
}

/** What a programme may spend in a year, in micro-euros. */
export interface YearBudget {
  municipality: string;
  organisation: string;
  programme: string;
  year: number;
  /** By theme code: the theme's own budget, or else the sum of its work types' budgets. */
  themes: ReadonlyMap<string, bigint>;
  /** The budget that names no theme, or else the sum of those that name only a work type. */
  unthemed: bigint | undefined;
  /** The whole budget, or else the sum of the parts. */
  whole: bigint;
}

function sumOf(rows: readonly Row[]): bigint {
  return rows.reduce((sum, row) => sum + parseEuros(row.amount), 0n);
}

/** The rows that name no work type, or else all: a part is never counted beside its whole. */
function ownOrParts(rows: readonly Row[]): readonly Row[] {
  const own = rows.filter((row) => row.work_type === null);
  return own.length > 0 ? own : rows;
}

function yearBudget(first: Row, rows: readonly Row[]): YearBudget {
  const themes = new Map<string, bigint>();
  for (const [theme, ofTheme] of Map.groupBy(rows, (row) => row.theme))
    if (theme !== null) themes.set(theme, sumOf(ownOrParts(ofTheme)));
  const unthemed = ownOrParts(rows.filter((row) => row.theme === null));
  const hasWhole = unthemed.some((row) => row.work_type === null);
  const parts = [...themes.values()].reduce((sum, amount) => sum + amount, sumOf(unthemed));
  return {
    municipality: first.municipality,
    organisation: first.organisation,
    programme: first.programme,
    year: first.year,
    themes,
    unthemed: unthemed.length > 0 ? sumOf(unthemed) : undefined,
    whole: hasWhole ? sumOf(unthemed) : parts,
  };
}

/** The budgets of the two years of the periods; a programme without one in a year has no element. */
export async function currentBudgets({ tx, periods }: Scope): Promise<YearBudget[]> {
  const { rows } = await sql<Row>`
    SELECT body->>'municipality' AS municipality, body->>'organisation' AS organisation,
      body->>'programme' AS programme, (budget->>'year')::integer AS year,
      budget->>'theme' AS theme, budget->>'workType' AS work_type, budget->>'amount' AS amount
    FROM (
      SELECT DISTINCT ON (key) body FROM settings WHERE kind = 'programme' ORDER BY key, number DESC
    ) AS programme
    CROSS JOIN LATERAL jsonb_array_elements(body->'budgets') AS budget
    WHERE (budget->>'year')::integer = ANY(${periods.map(({ year }) => year)}::integer[])
    ORDER BY 1, 2, 3, 4, 5 NULLS FIRST, 6 NULLS FIRST`.execute(tx);
  const byYear = Map.groupBy(rows, ({ municipality, organisation, programme, year }) =>
    [municipality, organisation, programme, year].join('/'),
  );
  return [...byYear.values()].flatMap((group) =>
    group[0] === undefined ? [] : [yearBudget(group[0], group)],
  );
}
