/**
 * Puts what was made anew in the place of what differs from it. What is right stays as it is: readers are not held
 * up, and a database that is right is not written to.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import { SIDE_SCHEMA } from './side-tables.ts';

/** Rows of a table that the record does not bear out, and rows that it asks for. */
export interface TableDifference {
  table: string;
  wrong: number;
  missing: number;
}

/** Tables whose rows have a key, and the columns of it. */
const KEYED: Readonly<Record<string, readonly string[]>> = {
  case_state: ['organisation', 'case_id'],
  quarantine: ['organisation', 'number'],
  case_total: ['organisation', 'month', 'theme_group'],
  saving_total: ['organisation', 'month', 'theme_group', 'line_group', 'year'],
  case_year: ['organisation', 'month', 'theme_group'],
  saving_year: ['organisation', 'month', 'theme_group', 'municipal', 'recurrence', 'year'],
  source_total: ['organisation', 'source', 'municipality', 'month'],
};

/** Whether a total that came to nothing has a row depends on what came at once: that is no difference. */
const NOTHING: Readonly<Record<string, string>> = {
  case_total: 't.registered = 0 AND t.represented = 0 AND t.cost = 0 AND t.counted_square = 0',
  case_year: 't.registered = 0 AND t.represented = 0 AND t.cost = 0 AND t.counted_square = 0',
  saving_total: 't.gross = 0 AND t.corrected = 0 AND t.counted_gross = 0 AND t.low = 0 AND t.high = 0',
  saving_year: 't.gross = 0 AND t.corrected = 0 AND t.counted_gross = 0 AND t.low = 0 AND t.high = 0',
  source_total: 't.registered = 0 AND t.assessed = 0',
};

/**
 * Compares all and, unless `onlyLook`, replaces what differs, in one transaction.
 * @returns the tables that differed
 */
export async function replaceByRecord(db: Kysely<Database>, onlyLook: boolean): Promise<TableDifference[]> {
  const differences: TableDifference[] = [];
  const look = new Error('only looking');
  const work = db.transaction().execute(async (tx) => {
    // What is compared is whole tables; loops within loops, chosen where a table seems empty, would never end.
    await sql`SET LOCAL enable_nestloop = off`.execute(tx);
    await sql`SET LOCAL work_mem = '256MB'`.execute(tx);
    for (const [table, key] of Object.entries(KEYED)) differences.push(await replaceKeyed(tx, table, key));
    differences.push(await replaceLedger(tx), await replaceQuarantineEntries(tx));
    differences.push(await replaceDeliveries(tx));
    if (onlyLook) throw look;
  });
  await work.catch((error: unknown) => {
    if (error !== look) throw error;
  });
  return differences.filter(({ wrong, missing }) => wrong + missing > 0);
}

async function replaceKeyed(
  tx: Transaction<Database>,
  table: string,
  key: readonly string[],
): Promise<TableDifference> {
  const [used, side] = [sql.table(table), sql.table(`${SIDE_SCHEMA}.${table}`)];
  const isNothing = sql.raw(NOTHING[table] ?? 'false');
  const isSame = (one: string) => sql.raw(key.map((name) => `r.${name} = ${one}.${name}`).join(' AND '));
  const { rows: wrong } = await sql<{ count: bigint }>`WITH gone AS (
      DELETE FROM ${used} t USING ${used} u LEFT JOIN ${side} r ON ${isSame('u')}
      WHERE t.ctid = u.ctid AND (r.organisation IS NULL OR ROW(r.*) IS DISTINCT FROM ROW(u.*))
      RETURNING r.organisation IS NULL AND (${isNothing}) AS "isNothing")
    SELECT count(*) FROM gone WHERE NOT "isNothing"`.execute(tx);
  const { rows: missing } = await sql<{ count: bigint }>`WITH come AS (
      INSERT INTO ${used} AS t SELECT r.* FROM ${side} r
      WHERE NOT EXISTS (SELECT FROM ${used} o WHERE ${isSame('o')})
      RETURNING ${isNothing} AS "isNothing")
    SELECT count(*) FROM come WHERE NOT "isNothing"`.execute(tx);
  return differenceOf(table, wrong[0]?.count, missing[0]?.count);
}

/** Entries of events that are recorded no more are those of erased cases: they stay, and add up to nothing. */
const IS_RECORDED = sql`EXISTS (SELECT FROM event e WHERE e.organisation = t.organisation AND e.number = t.event)`;

/**
 * Entries have no key: equal ones are counted off. When a change of settings reached a case is not in the record to
 * the microsecond, so what the ledger says of it stays where it is right in all else.
 */
async function replaceLedger(tx: Transaction<Database>): Promise<TableDifference> {
  const [table, side] = ['ledger', sql.table(`${SIDE_SCHEMA}.ledger`)] as const;
  const used = sql.table(table);
  const said = sql`md5(ROW(t.organisation, t.cause, t.revalued, t.event, t.sign, t.case_group, t.date, t.assessed,
    t.similar_cases, t.cost, t.factor, t.programme_version, t.price_list_version, t.line_groups, t.years, t.amounts,
    t.lows, t.highs, t.part, t.resident, CASE WHEN t.revalued THEN NULL ELSE t.known_at END)::text)`;
  const counted = (from: typeof used, where: typeof said) => sql`
    SELECT c.place, c.said, row_number() OVER (PARTITION BY c.said ORDER BY c.known_at) AS nth
    FROM (SELECT t.ctid AS place, ${said} AS said, t.known_at FROM ${from} t WHERE ${where}) c`;
  await sql`CREATE TEMP TABLE off_used ON COMMIT DROP AS ${counted(used, IS_RECORDED)}`.execute(tx);
  await sql`CREATE TEMP TABLE off_side ON COMMIT DROP AS ${counted(side, sql`true`)}`.execute(tx);
  await sql`ANALYZE off_used, off_side`.execute(tx);
  const wrong = await sql`DELETE FROM ${used} t WHERE t.ctid IN (
    SELECT place FROM off_used u
    WHERE NOT EXISTS (SELECT FROM off_side s WHERE s.said = u.said AND s.nth = u.nth))`.execute(tx);
  const missing = await sql`INSERT INTO ${used} SELECT r.* FROM ${side} r WHERE r.ctid IN (
    SELECT place FROM off_side s
    WHERE NOT EXISTS (SELECT FROM off_used u WHERE u.said = s.said AND u.nth = s.nth))
    ORDER BY r.known_at`.execute(tx);
  return differenceOf(table, wrong.numAffectedRows, missing.numAffectedRows);
}

/**
 * Of events that came at once it is not told what stood in quarantine in between, and a replay divides them otherwise:
 * entries of an event stay where they come to the same, and so do those of what is recorded no more.
 */
async function replaceQuarantineEntries(tx: Transaction<Database>): Promise<TableDifference> {
  const [table, side] = ['quarantine_entry', sql.table(`${SIDE_SCHEMA}.quarantine_entry`)] as const;
  const used = sql.table(table);
  const sums = (from: typeof used) =>
    sql`(SELECT organisation, number, sum(sign) AS net FROM ${from} GROUP BY 1, 2)`;
  await sql`CREATE TEMP TABLE off_numbers ON COMMIT DROP AS
    SELECT o.* FROM (
      SELECT organisation, number, coalesce(u.net, 0) <> coalesce(s.net, 0) AS is_other
      FROM ${sums(used)} u FULL JOIN ${sums(side)} s USING (organisation, number)
      WHERE u.net IS NULL OR u.net <> coalesce(s.net, 0)) o
    WHERE EXISTS (SELECT FROM event e WHERE e.organisation = o.organisation AND e.number = o.number)
      OR EXISTS (SELECT FROM quarantine q WHERE q.organisation = o.organisation AND q.number = o.number)`.execute(
    tx,
  );
  const wrong = await sql`DELETE FROM ${used} t USING off_numbers o
    WHERE t.organisation = o.organisation AND t.number = o.number`.execute(tx);
  const { rows: missing } = await sql<{ count: bigint }>`WITH come AS (
      INSERT INTO ${used} SELECT r.* FROM ${side} r JOIN off_numbers o
        ON r.organisation = o.organisation AND r.number = o.number ORDER BY r.known_at
      RETURNING organisation, number)
    SELECT count(*) FROM come JOIN off_numbers o USING (organisation, number) WHERE o.is_other`.execute(tx);
  return differenceOf(table, wrong.numAffectedRows, missing[0]?.count);
}

/** That an erased case was delivered on a day stays: days are only added, or made longer. */
async function replaceDeliveries(tx: Transaction<Database>): Promise<TableDifference> {
  const table = 'source_delivery';
  const { numAffectedRows } = await sql`INSERT INTO ${sql.table(table)} AS d
    SELECT * FROM ${sql.table(`${SIDE_SCHEMA}.${table}`)} r
    WHERE NOT EXISTS (SELECT FROM ${sql.table(table)} t
      WHERE t.organisation = r.organisation AND t.source = r.source AND t.day = r.day
        AND t.first_known_at <= r.first_known_at AND t.last_known_at >= r.last_known_at
        AND t.first_number <= r.first_number AND t.last_number >= r.last_number)
    ON CONFLICT (organisation, source, day) DO UPDATE SET
      first_known_at = least(d.first_known_at, excluded.first_known_at),
      last_known_at = greatest(d.last_known_at, excluded.last_known_at),
      first_number = least(d.first_number, excluded.first_number),
      last_number = greatest(d.last_number, excluded.last_number)`.execute(tx);
  return differenceOf(table, 0n, numAffectedRows);
}

function differenceOf(table: string, wrong: bigint | undefined, missing: bigint | undefined) {
  return { table, wrong: Number(wrong ?? 0n), missing: Number(missing ?? 0n) };
}

/**
 * Events that the ledger counts or a case holds, and that are recorded no more, though no erasure took them: the record
 * is not whole. @returns how many; more than 0 must be restored first
 */
export async function countLostEvents(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ lost: number }>`SELECT count(*)::integer AS lost FROM (
    SELECT t.organisation, t.event FROM ledger t WHERE NOT ${IS_RECORDED}
    GROUP BY 1, 2 HAVING sum(t.sign) <> 0
    UNION SELECT t.organisation, t.event
    FROM (SELECT organisation, unnest(events) AS event FROM case_state) t WHERE NOT ${IS_RECORDED}) l`.execute(
    db,
  );
  return rows[0]?.lost ?? 0;
}
