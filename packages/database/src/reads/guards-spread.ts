/** How the percentages that teams claim are spread. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { claimedLines, countedCases } from './guards-percentages.ts';
import { eventOf, type GuardQuestion, guardScope } from './guards-scope.ts';
import { TooManyCellsError } from './savings-cells.ts';

interface OfTeam {
  organisation: string;
  team: string | null;
  /** Undefined where themes are not told apart. */
  theme?: string | undefined;
}

/** So many lines of a team have this percentage. */
export interface PercentageCount extends OfTeam {
  which: 'likelihood' | 'contribution';
  percent: number;
  /** The level that was given; null for a number. */
  level: string | null;
  lines: number;
}

/** The cases of a team, each as the mean of its lines in percents: how many, their sum and sum of squares. */
export interface CaseMeans extends OfTeam {
  cases: number;
  likelihood: { sum: number; squares: number };
  contribution: { sum: number; squares: number };
}

export interface Spread {
  percentages: PercentageCount[];
  means: CaseMeans[];
}

interface Row {
  code: string;
  team: string | null;
  theme: string | null;
  which: 'likelihood' | 'contribution' | 'means';
  percent: number | null;
  level: string | null;
  number: number;
  a: number | null;
  aa: number | null;
  b: number | null;
  bb: number | null;
}

/**
 * The percentages of teams, by theme where asked. Run it in one snapshot. These are statistics, no amounts:
 * floats will do. @throws TooManyCellsError
 */
export async function readSpread(
  db: Kysely<Database>,
  question: GuardQuestion,
  options: { byTheme: boolean; cellsMax: number },
): Promise<Spread> {
  const scoped = await guardScope(db, question);
  const theme = options.byTheme ? sql`c.theme` : sql`NULL::text`;
  const { rows } = await sql<Row>`
    WITH ${countedCases(scoped)},
    line AS MATERIALIZED (SELECT c.organisation, c.event, c.code, c.team, ${theme} AS theme,
        x.a, x.a_level, x.b, x.b_level
      FROM (SELECT counted.*, e.payload::jsonb -> 'data' AS data FROM counted
        CROSS JOIN ${eventOf('e', sql`counted.organisation`, sql`counted.event`)}) AS c ${claimedLines()}),
    one AS (SELECT code, team, theme, avg(a)::float8 AS a, avg(b)::float8 AS b
      FROM line GROUP BY organisation, event, code, team, theme)
    SELECT * FROM (
      SELECT code, team, theme, 'likelihood' AS which, a AS percent, a_level AS level,
        count(*)::integer AS number,
        NULL::float8 AS a, NULL::float8 AS aa, NULL::float8 AS b, NULL::float8 AS bb
      FROM line GROUP BY code, team, theme, a, a_level
      UNION ALL
      SELECT code, team, theme, 'contribution', b, b_level, count(*)::integer, NULL, NULL, NULL, NULL
      FROM line GROUP BY code, team, theme, b, b_level
      UNION ALL
      SELECT code, team, theme, 'means', NULL, NULL, count(*)::integer, sum(a), sum(a * a), sum(b),
        sum(b * b)
      FROM one GROUP BY code, team, theme) AS part
    LIMIT ${options.cellsMax + 1}`.execute(db);
  if (rows.length > options.cellsMax) throw new TooManyCellsError(options.cellsMax);
  return { percentages: rows.flatMap(percentageOf), means: rows.flatMap(meansOf) };
}

function teamOf({ code, team, theme }: Row): OfTeam {
  return { organisation: code, team, theme: theme ?? undefined };
}

function percentageOf(row: Row): PercentageCount[] {
  const { which, percent, level, number } = row;
  if (which === 'means' || percent === null) return [];
  return [{ ...teamOf(row), which, percent, level, lines: number }];
}

function meansOf(row: Row): CaseMeans[] {
  if (row.which !== 'means') return [];
  return [
    {
      ...{ ...teamOf(row), cases: row.number },
      likelihood: { sum: row.a ?? 0, squares: row.aa ?? 0 },
      contribution: { sum: row.b ?? 0, squares: row.bb ?? 0 },
    },
  ];
}
