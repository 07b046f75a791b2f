/** Rows as the calculator would have written them, straight into the tables. */
import { type Database, partCode } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';

export interface InventedLine {
  costBearer: string;
  municipal: boolean;
  recurrence: 'one-off' | 'yearly';
  /** Micro-euros of one case; element k is year k. */
  amounts: readonly bigint[];
}

export interface InventedCase {
  municipality: string;
  organisation: string;
  programme: string;
  theme: string;
  goal?: string;
  /** 'YYYY-MM-DD' */
  date: string;
  /** Absent for a case that is registered only. */
  assessment?:
    | {
        similarCases: number;
        /** Micro-euros of one case. */
        cost: bigint;
        /** Ten-thousandths. */
        factor: number;
        lines: readonly InventedLine[];
      }
    | undefined;
  /** The case counted once and no longer does. */
  isWithdrawn?: boolean;
}

/** The id of a row with this unique key, made where it is not there yet. */
async function idOf(db: Kysely<Database>, table: string, row: Record<string, unknown>): Promise<number> {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  const same = sql.join(
    Object.entries(row).map(([name, value]) => sql`${sql.ref(name)} IS NOT DISTINCT FROM ${value}`),
    sql` AND `,
  );
  const { rows } = await sql<{ id: number }>`
    WITH made AS (
      INSERT INTO ${sql.table(table)} (${columns}) VALUES (${sql.join(Object.values(row))})
      ON CONFLICT DO NOTHING RETURNING id
    )
    SELECT id FROM made UNION ALL SELECT id FROM ${sql.table(table)} WHERE ${same}`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`No row in ${table}`);
  return id;
}

async function writeCase(db: Kysely<Database>, invented: InventedCase, number: number): Promise<void> {
  const { municipality, organisation: code, programme, theme, goal = null, date, assessment } = invented;
  const organisation = await idOf(db, 'organisation', { code });
  const key = [municipality, programme, theme, goal].join(' ');
  const themeGroup = await idOf(db, 'theme_group', {
    organisation,
    key,
    municipality,
    programme,
    theme,
    goal,
  });
  const caseGroup = await idOf(db, 'case_group', { organisation, key, theme_group: themeGroup });
  const elements: { group: number; year: number; amount: bigint }[] = [];
  for (const { costBearer, municipal, recurrence, amounts } of assessment?.lines ?? []) {
    const row = { cost_bearer: costBearer, municipal, recurrence };
    const group = await idOf(db, 'line_group', { organisation, key: JSON.stringify(row), ...row });
    elements.push(...amounts.map((amount, year) => ({ group, year, amount })));
  }
  for (const sign of invented.isWithdrawn ? [1, -1] : [1])
    await sql`INSERT INTO ledger (organisation, known_at, cause, revalued, event, sign, case_group, date,
        assessed, similar_cases, cost, factor, programme_version, line_groups, years, amounts, lows, highs, part)
      VALUES (${organisation}, now(), ${number}, false, ${number}, ${sign}, ${caseGroup}, ${date},
        ${assessment !== undefined}, ${assessment?.similarCases ?? 0}, ${assessment?.cost ?? 0n},
        ${assessment?.factor ?? 10_000}, 0, ${elements.map(({ group }) => group)},
        ${elements.map(({ year }) => year)}, ${amountsOf(elements)}, ${amountsOf(elements)},
        ${amountsOf(elements)}, ${partCode(sign > 0 ? 'new' : 'withdrawn')})`.execute(db);
}

function amountsOf(elements: readonly { amount: bigint }[]): string[] {
  return elements.map(({ amount }) => amount.toString());
}

/** Writes the cases to the ledger and brings the running totals to its sum. */
export async function writeCases(db: Kysely<Database>, cases: readonly InventedCase[]): Promise<void> {
  for (const [number, invented] of cases.entries()) await writeCase(db, invented, number);
  await sql`TRUNCATE case_total, saving_total`.execute(db);
  await sql`INSERT INTO case_total (organisation, theme_group, month, registered, assessed, represented, cost,
      weighted_square, counted_square)
    SELECT l.organisation, c.theme_group, date_trunc('month', l.date), sum(sign),
      sum(sign * assessed::integer), sum(sign * similar_cases), sum(sign * cost * similar_cases), 0, 0
    FROM ledger l JOIN case_group c ON c.organisation = l.organisation AND c.id = l.case_group
    GROUP BY 1, 2, 3`.execute(db);
  await sql`INSERT INTO saving_total (organisation, theme_group, month, line_group, year,
      gross, corrected, counted_gross, counted_corrected, low, high)
    SELECT l.organisation, c.theme_group, date_trunc('month', l.date), e.line_group, e.year,
      sum(sign * e.amount * similar_cases), sum(sign * e.amount * similar_cases * factor),
      sum(sign * e.amount), sum(sign * e.amount * factor),
      sum(sign * e.amount * similar_cases * factor), sum(sign * e.amount * similar_cases * factor)
    FROM ledger l JOIN case_group c ON c.organisation = l.organisation AND c.id = l.case_group
    CROSS JOIN LATERAL unnest(line_groups, years, amounts) AS e (line_group, year, amount)
    GROUP BY 1, 2, 3, 4, 5`.execute(db);
}

export interface InventedBudget {
  year: number;
  amount: string;
  theme?: string;
  workType?: string;
}

/** Writes a version of a programme; only what the exporter reads of it. */
export async function writeProgramme(
  db: Kysely<Database>,
  number: number,
  names: { municipality: string; organisation: string; programme: string },
  budgets: readonly InventedBudget[],
): Promise<void> {
  const key = [names.municipality, names.organisation, names.programme].join('/');
  await sql`INSERT INTO settings (number, kind, key, known_at, body)
    VALUES (${number}, 'programme', ${key}, now(), ${JSON.stringify({ ...names, budgets })}::jsonb)`.execute(
    db,
  );
}
