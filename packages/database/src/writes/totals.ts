/** The running totals: sums of ledger entries per theme group and month, and year, moved together with the ledger. */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import { byKey, type CaseChange, type SavingChange } from './total-changes.ts';
import { unnestRows } from './unnest.ts';

/** What a batch changes, each list in the order of its key. */
export interface TotalChanges {
  cases: readonly CaseChange[];
  savings: readonly SavingChange[];
}

/**
 * Adds changes to the totals. The rows are written in the order of their primary key: workers that write the same totals
 * at once would otherwise deadlock, and neighbours in the index are found together, which takes a third less time.
 */
export async function addToTotals(
  tx: Transaction<Database>,
  { cases, savings }: TotalChanges,
): Promise<void> {
  if (cases.length > 0) await addCases(tx, cases);
  if (savings.length > 0) await addSavings(tx, savings);
}

async function addCases(tx: Transaction<Database>, rows: readonly CaseChange[]): Promise<void> {
  const changes = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    theme_group: ['int4', (row) => row.themeGroup],
    month: ['date', (row) => row.month],
    registered: ['int8', (row) => row.registered],
    assessed: ['int8', (row) => row.assessed],
    represented: ['int8', (row) => row.represented],
    cost: ['numeric', (row) => row.cost],
    weighted_square: ['numeric', (row) => row.weightedSquare],
    counted_square: ['numeric', (row) => row.countedSquare],
  });
  await sql`WITH changes AS MATERIALIZED (SELECT * FROM ${changes}),
    years AS (
      INSERT INTO case_year AS t (organisation, theme_group, month, ${CASE_SUMS})
      SELECT organisation, theme_group, date_trunc('year', month)::date, ${sums(CASE_NAMES)} FROM changes
      GROUP BY 1, 2, 3 ORDER BY 1, 3, 2
      ON CONFLICT (organisation, theme_group, month) DO UPDATE SET ${added(CASE_NAMES)})
    INSERT INTO case_total AS t (organisation, theme_group, month, ${CASE_SUMS})
    SELECT organisation, theme_group, month, ${CASE_SUMS} FROM changes ORDER BY 1, 3, 2
    ON CONFLICT (organisation, theme_group, month) DO UPDATE SET ${added(CASE_NAMES)}`.execute(tx);
}

async function addSavings(tx: Transaction<Database>, rows: readonly SavingChange[]): Promise<void> {
  const changes = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    theme_group: ['int4', (row) => row.themeGroup],
    month: ['date', (row) => row.month],
    line_group: ['int4', (row) => row.lineGroup],
    year: ['int2', (row) => row.year],
    gross: ['numeric', (row) => row.gross],
    corrected: ['numeric', (row) => row.corrected],
    counted_gross: ['numeric', (row) => row.countedGross],
    counted_corrected: ['numeric', (row) => row.countedCorrected],
    low: ['numeric', (row) => row.low],
    high: ['numeric', (row) => row.high],
  });
  await sql`WITH changes AS MATERIALIZED (SELECT * FROM ${changes}),
    years AS (
      INSERT INTO saving_year AS t
        (organisation, theme_group, month, municipal, recurrence, year, ${SAVING_SUMS})
      SELECT c.organisation, c.theme_group, date_trunc('year', c.month)::date, g.municipal, g.recurrence, c.year,
        ${sums(SAVING_NAMES)}
      FROM changes c JOIN line_group g ON g.organisation = c.organisation AND g.id = c.line_group
      GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 3, 2, 4, 5, 6
      ON CONFLICT (organisation, theme_group, month, municipal, recurrence, year)
        DO UPDATE SET ${added(SAVING_NAMES)})
    INSERT INTO saving_total AS t (organisation, theme_group, month, line_group, year, ${SAVING_SUMS})
    SELECT organisation, theme_group, month, line_group, year, ${SAVING_SUMS} FROM changes ORDER BY 1, 3, 2, 4, 5
    ON CONFLICT (organisation, theme_group, month, line_group, year)
      DO UPDATE SET ${added(SAVING_NAMES)}`.execute(tx);
}

const CASE_NAMES = [
  ...['registered', 'assessed', 'represented', 'cost', 'weighted_square', 'counted_square'],
] as const;
const SAVING_NAMES = ['gross', 'corrected', 'counted_gross', 'counted_corrected', 'low', 'high'] as const;
const CASE_SUMS = sql.join(CASE_NAMES.map((name) => sql.ref(name)));
const SAVING_SUMS = sql.join(SAVING_NAMES.map((name) => sql.ref(name)));

function sums(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql`sum(${sql.ref(name)})`));
}

/** To what stands there, what comes. */
function added(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`t.${name}`)} + ${sql.ref(`excluded.${name}`)}`),
  );
}

/** All totals as they stand, without zeros, in the form of {@link EntrySums}: to compare with sums made anew. */
export async function readTotals(
  db: Kysely<Database>,
): Promise<{ cases: CaseChange[]; savings: Omit<SavingChange, 'isNamed'>[] }> {
  const cases = await sql<CaseChange>`SELECT organisation, theme_group AS "themeGroup", month,
      registered, assessed, represented, cost, weighted_square AS "weightedSquare",
      counted_square AS "countedSquare" FROM case_total
    WHERE registered <> 0 OR assessed <> 0 OR represented <> 0 OR cost <> 0 OR counted_square <> 0`.execute(
    db,
  );
  const savings = await sql<
    Omit<SavingChange, 'isNamed'>
  >`SELECT organisation, theme_group AS "themeGroup", month,
      line_group AS "lineGroup", year, gross, corrected, counted_gross AS "countedGross",
      counted_corrected AS "countedCorrected", low, high FROM saving_total
    WHERE gross <> 0 OR corrected <> 0 OR counted_gross <> 0 OR counted_corrected <> 0 OR high <> 0`.execute(
    db,
  );
  return {
    cases: cases.rows
      .map((row) => ({
        ...row,
        cost: BigInt(row.cost),
        weightedSquare: BigInt(row.weightedSquare),
        countedSquare: BigInt(row.countedSquare),
      }))
      .sort(byKey),
    savings: savings.rows
      .map((row) => ({
        ...row,
        gross: BigInt(row.gross),
        corrected: BigInt(row.corrected),
        countedGross: BigInt(row.countedGross),
        countedCorrected: BigInt(row.countedCorrected),
        low: BigInt(row.low),
        high: BigInt(row.high),
      }))
      .sort(byKey),
  };
}
