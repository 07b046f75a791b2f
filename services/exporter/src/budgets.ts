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
  /** By theme code: the budgets that name exactly the theme, and no work type. */
  themes: ReadonlyMap<string, bigint>;
  /** The budget that names no theme and no work type. */
  unthemed: bigint | undefined;
  /** The same, or else the sum of the parts. */
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
  const named = Map.groupBy(
    rows.filter((row) => row.work_type === null),
    (row) => row.theme,
  );
  const themes = new Map<string, bigint>();
  for (const [theme, ofTheme] of named) if (theme !== null) themes.set(theme, sumOf(ofTheme));
  const unthemed = named.get(null);
  const parts = [...Map.groupBy(rows, (row) => row.theme).values()].flatMap(ownOrParts);
  return {
    municipality: first.municipality,
    organisation: first.organisation,
    programme: first.programme,
    year: first.year,
    themes,
    unthemed: unthemed && sumOf(unthemed),
    whole: sumOf(unthemed ?? parts),
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
