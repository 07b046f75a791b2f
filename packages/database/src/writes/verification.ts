/** Checks of the ledger against what is derived from it, and the record of each check. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** The sums of the ledger that differ from the running totals, as sentences, at most `limit` of each kind. */
export async function totalFaults(db: Kysely<Database>, limit: number): Promise<string[]> {
  const cases = await sql<{ fault: string }>`
    WITH summed AS (
      SELECT l.organisation, g.theme_group, date_trunc('month', l.date)::date AS month,
        sum(l.sign) AS registered, sum(l.sign) FILTER (WHERE l.assessed) AS assessed,
        sum(l.sign * l.similar_cases) AS represented, sum(l.sign * l.cost::numeric * l.similar_cases) AS cost
      FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
      GROUP BY 1, 2, 3)
    SELECT format('case_total of organisation %s, theme group %s, month %s differs from the ledger',
      organisation, theme_group, month) AS fault
    FROM summed s FULL JOIN case_total t USING (organisation, theme_group, month)
    WHERE coalesce(s.registered, 0) <> coalesce(t.registered, 0) OR coalesce(s.assessed, 0) <> coalesce(t.assessed, 0)
      OR coalesce(s.represented, 0) <> coalesce(t.represented, 0) OR coalesce(s.cost, 0) <> coalesce(t.cost, 0)
    LIMIT ${limit}`.execute(db);
  const savings = await sql<{ fault: string }>`
    WITH lines AS (
      SELECT l.organisation, g.theme_group, date_trunc('month', l.date)::date AS month, v.line_group, v.year,
        l.sign * v.amount AS counted, l.similar_cases, l.factor
      FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
      CROSS JOIN unnest(l.line_groups, l.years, l.amounts) AS v(line_group, year, amount)),
    summed AS (
      SELECT organisation, theme_group, month, line_group, year, sum(counted * similar_cases) AS gross,
        sum(counted * similar_cases * factor) AS corrected, sum(counted) AS counted_gross,
        sum(counted * factor) AS counted_corrected
      FROM lines GROUP BY 1, 2, 3, 4, 5)
    SELECT format('saving_total of organisation %s, theme group %s, month %s, line group %s, year %s differs from the ledger',
      organisation, theme_group, month, line_group, year) AS fault
    FROM summed s FULL JOIN saving_total t USING (organisation, theme_group, month, line_group, year)
    WHERE coalesce(s.gross, 0) <> coalesce(t.gross, 0) OR coalesce(s.corrected, 0) <> coalesce(t.corrected, 0)
      OR coalesce(s.counted_gross, 0) <> coalesce(t.counted_gross, 0)
      OR coalesce(s.counted_corrected, 0) <> coalesce(t.counted_corrected, 0)
    LIMIT ${limit}`.execute(db);
  return [...cases.rows, ...savings.rows].map(({ fault }) => fault);
}

/** Recorded events that no case holds, or that more than one holds. */
export async function eventFaults(db: Kysely<Database>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    SELECT format('event %s of organisation %s stands in %s cases', number, organisation, count(s.number)) AS fault
    FROM event e FULL JOIN (SELECT organisation, unnest(events) AS number FROM case_state) s
      USING (organisation, number)
    GROUP BY organisation, number HAVING count(s.number) <> 1 OR count(e.id) <> 1 LIMIT ${limit}`.execute(db);
  return rows.map(({ fault }) => fault);
}

/** Events that the ledger counts another number of times than the cases do. */
export async function ledgerFaults(db: Kysely<Database>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    SELECT format('event %s of organisation %s stands %s times in the ledger and counts %s times',
      event, organisation, coalesce(l.net, 0), CASE WHEN c.counted IS NULL THEN 0 ELSE 1 END) AS fault
    FROM (SELECT organisation, event, sum(sign) AS net FROM ledger GROUP BY 1, 2) l
    FULL JOIN (SELECT organisation, counted, counted AS event FROM case_state WHERE contribution IS NOT NULL) c
      USING (organisation, event)
    WHERE coalesce(l.net, 0) <> CASE WHEN c.counted IS NULL THEN 0 ELSE 1 END LIMIT ${limit}`.execute(db);
  return rows.map(({ fault }) => fault);
}

export interface Verification {
  seconds: number;
  cases: number;
  faults: readonly string[];
}

export async function recordVerification(
  db: Kysely<Database>,
  { seconds, cases, faults }: Verification,
): Promise<void> {
  await db
    .insertInto('verification')
    .values({ seconds, cases: BigInt(cases), faults: JSON.stringify(faults) })
    .execute();
}

/** First key of the locks of jobs; the second names the job. */
const JOB_LOCK = 7_246_003;
const VERIFY_JOB = 1;

/** Runs the job unless another instance runs it now. @returns undefined where another does. */
export async function underVerifyLock<T>(
  db: Kysely<Database>,
  job: () => Promise<T>,
): Promise<T | undefined> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      locked: boolean;
    }>`SELECT pg_try_advisory_lock(${JOB_LOCK}::integer, ${VERIFY_JOB}::integer) AS locked`.execute(
      connection,
    );
    if (!rows[0]?.locked) return undefined;
    try {
      return await job();
    } finally {
      await sql`SELECT pg_advisory_unlock(${JOB_LOCK}::integer, ${VERIFY_JOB}::integer)`.execute(connection);
    }
  });
}
