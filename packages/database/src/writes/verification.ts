/** Checks of the ledger against what is derived from it, and the record of each check. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { underJobLock } from './job-lock.ts';

/** The sums of the ledger that differ from the running totals, as sentences, at most `limit` of each kind. */
export async function totalFaults(db: Kysely<Database>, limit: number): Promise<string[]> {
  const cases = await sql<{ fault: string }>`
    WITH summed AS (
      SELECT l.organisation, g.theme_group, date_trunc('month', l.date)::date AS month,
        sum(l.sign) AS registered, sum(l.sign) FILTER (WHERE l.assessed) AS assessed,
        sum(l.sign * l.similar_cases) AS represented, sum(l.sign * l.cost::numeric * l.similar_cases) AS cost,
        sum(l.sign * v.value * v.value) AS counted_square,
        sum(l.sign * v.value * v.value * l.similar_cases::numeric * l.similar_cases) AS weighted_square
      FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
      CROSS JOIN LATERAL (SELECT coalesce(sum(a), 0) * l.factor AS value FROM unnest(l.amounts) AS a) AS v
      GROUP BY 1, 2, 3)
    SELECT format('case_total of organisation %s, theme group %s, month %s differs from the ledger',
      organisation, theme_group, month) AS fault
    FROM summed s FULL JOIN case_total t USING (organisation, theme_group, month)
    WHERE coalesce(s.registered, 0) <> coalesce(t.registered, 0) OR coalesce(s.assessed, 0) <> coalesce(t.assessed, 0)
      OR coalesce(s.represented, 0) <> coalesce(t.represented, 0) OR coalesce(s.cost, 0) <> coalesce(t.cost, 0)
      OR coalesce(s.weighted_square, 0) <> coalesce(t.weighted_square, 0)
      OR coalesce(s.counted_square, 0) <> coalesce(t.counted_square, 0)
    LIMIT ${limit}`.execute(db);
  const savings = await sql<{ fault: string }>`
    WITH lines AS (
      SELECT l.organisation, g.theme_group, date_trunc('month', l.date)::date AS month, v.line_group, v.year,
        l.sign * v.amount AS counted, l.similar_cases, l.factor,
        l.sign * v.low * l.similar_cases * l.factor AS low, l.sign * v.high * l.similar_cases * l.factor AS high
      FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
      CROSS JOIN unnest(l.line_groups, l.years, l.amounts, l.lows, l.highs)
        AS v(line_group, year, amount, low, high)),
    summed AS (
      SELECT organisation, theme_group, month, line_group, year, sum(counted * similar_cases) AS gross,
        sum(counted * similar_cases * factor) AS corrected, sum(counted) AS counted_gross,
        sum(counted * factor) AS counted_corrected, sum(low) AS low, sum(high) AS high
      FROM lines GROUP BY 1, 2, 3, 4, 5)
    SELECT format('saving_total of organisation %s, theme group %s, month %s, line group %s, year %s differs from the ledger',
      organisation, theme_group, month, line_group, year) AS fault
    FROM summed s FULL JOIN saving_total t USING (organisation, theme_group, month, line_group, year)
    WHERE coalesce(s.gross, 0) <> coalesce(t.gross, 0) OR coalesce(s.corrected, 0) <> coalesce(t.corrected, 0)
      OR coalesce(s.counted_gross, 0) <> coalesce(t.counted_gross, 0)
      OR coalesce(s.counted_corrected, 0) <> coalesce(t.counted_corrected, 0)
      OR coalesce(s.low, 0) <> coalesce(t.low, 0) OR coalesce(s.high, 0) <> coalesce(t.high, 0)
    LIMIT ${limit}`.execute(db);
  const years = await yearFaults(db, limit);
  return [...[...cases.rows, ...savings.rows].map(({ fault }) => fault), ...years];
}

/** The totals by year that differ from those by month. */
async function yearFaults(db: Kysely<Database>, limit: number): Promise<string[]> {
  const cases = await sql<{ fault: string }>`
    WITH summed AS (
      SELECT organisation, theme_group, date_trunc('year', month)::date AS month, sum(registered) AS registered,
        sum(assessed) AS assessed, sum(represented) AS represented, sum(cost) AS cost,
        sum(weighted_square) AS weighted_square, sum(counted_square) AS counted_square
      FROM case_total GROUP BY 1, 2, 3)
    SELECT format('case_year of organisation %s, theme group %s, year %s differs from case_total',
      organisation, theme_group, month) AS fault
    FROM summed s FULL JOIN case_year t USING (organisation, theme_group, month)
    WHERE (s.registered, s.assessed, s.represented, s.cost, s.weighted_square, s.counted_square)
      IS DISTINCT FROM (t.registered, t.assessed, t.represented, t.cost, t.weighted_square, t.counted_square)
    LIMIT ${limit}`.execute(db);
  const savings = await sql<{ fault: string }>`
    WITH summed AS (
      SELECT s.organisation, theme_group, date_trunc('year', month)::date AS month, municipal, recurrence, year,
        sum(gross) AS gross, sum(corrected) AS corrected, sum(counted_gross) AS counted_gross,
        sum(counted_corrected) AS counted_corrected, sum(low) AS low, sum(high) AS high
      FROM saving_total s JOIN line_group g ON g.organisation = s.organisation AND g.id = s.line_group
      GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT format('saving_year of organisation %s, theme group %s, year %s differs from saving_total',
      organisation, theme_group, month) AS fault
    FROM summed s FULL JOIN saving_year t USING (organisation, theme_group, month, municipal, recurrence, year)
    WHERE (s.gross, s.corrected, s.counted_gross, s.counted_corrected, s.low, s.high)
      IS DISTINCT FROM (t.gross, t.corrected, t.counted_gross, t.counted_corrected, t.low, t.high)
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

/** Runs the job unless another instance runs it now. @returns undefined where another does. */
export async function underVerifyLock<T>(
  db: Kysely<Database>,
  job: () => Promise<T>,
): Promise<T | undefined> {
  return underJobLock(db, 'verify', job);
}
