/**
 * Claims for one resident by several organisations: what is asked across organisations is worked out here,
 * once for all who ask. Residents are keyed hashes; none of them is kept with what is found.
 */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { claimsOf, doubleClaimSpan } from '../reads/claims.ts';
import { readKnown } from '../reads/progress.ts';
import { planAsWritten } from '../reads/query-plan.ts';
import { utcText } from '../reads/snapshot.ts';
import type { Database } from '../tables.ts';

export interface Comparison {
  /** What was known then was compared, RFC 3339 in UTC. */
  knownAt: string;
  /** Something else was found than the time before. */
  isOther: boolean;
}

/**
 * Compares the claims of all organisations as they were known when every partition was last up to date. To be
 * called by one at a time.
 *
 * @returns undefined where nothing was compared: nothing is known yet or since, or a case was erased
 * meanwhile
 */
export function compareClaims(db: Kysely<Database>): Promise<Comparison | undefined> {
  return db.transaction().execute(async (tx) => {
    const { latest: knownAt } = await readKnown(tx);
    const before = await lastComparison(tx);
    // Both are texts of one length.
    if (knownAt === null || (before !== undefined && knownAt <= before)) return undefined;
    if (before !== undefined && !(await hasChanged(tx, before, knownAt))) {
      await recordComparison(tx, knownAt, false);
      return { knownAt, isOther: false };
    }
    const erased = await erasures(tx);
    await findDoubleClaims(tx, knownAt);
    // An erasure removes what was found of its case: one that goes on meanwhile waits here, or is waited for.
    await sql`LOCK TABLE double_claim IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
    if ((await erasures(tx)) !== erased) return undefined;
    const isOther = await keepFound(tx, knownAt);
    await recordComparison(tx, knownAt, isOther || before === undefined);
    return { knownAt, isOther };
  });
}

async function lastComparison(tx: Transaction<Database>): Promise<string | undefined> {
  const { rows } = await sql<{ known: string | null }>`
    SELECT ${utcText(sql`max(known_at)`)} AS known FROM claim_comparison`.execute(tx);
  return rows[0]?.known ?? undefined;
}

/** Whether anything was entered between two moments. */
async function hasChanged(tx: Transaction<Database>, after: string, until: string): Promise<boolean> {
  // By the index of moments: PostgreSQL would expect the first row to be soon found.
  await sql`SELECT set_config('enable_seqscan', 'off', true)`.execute(tx);
  const { rows } = await sql<{ changed: boolean }>`SELECT EXISTS (SELECT FROM ledger
    WHERE known_at > ${after}::timestamptz AND known_at <= ${until}::timestamptz) AS changed`.execute(tx);
  await sql`SELECT set_config('enable_seqscan', 'on', true)`.execute(tx);
  return rows[0]?.changed ?? true;
}

async function erasures(tx: Transaction<Database>): Promise<bigint> {
  const { rows } = await sql<{ applied: bigint }>`
    SELECT count(*) AS applied FROM erasure WHERE applied_at IS NOT NULL`.execute(tx);
  return rows[0]?.applied ?? 0n;
}

const SHARED_WITH_GROUPS = sql`FROM shared s JOIN ledger l ON l.resident = s.resident
  JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group`;

/**
 * Fills `found`, a table of this transaction. Each organisation adds up its own claims of residents that
 * others know too. Then, in the order of a resident's claims of a service, the latest of another organisation
 * is the one before the run of claims in which an organisation follows itself: sorting does, however many claims a
 * resident has.
 */
async function findDoubleClaims(tx: Transaction<Database>, knownAt: string): Promise<void> {
  await planAsWritten(tx);
  const known = sql`l.known_at <= ${knownAt}::timestamptz`;
  await sql`CREATE TEMPORARY TABLE found ON COMMIT DROP AS
    WITH shared AS MATERIALIZED (
      SELECT resident FROM (SELECT l.resident, l.organisation FROM ledger l
        WHERE l.resident IS NOT NULL AND ${known} GROUP BY 1, 2) AS r
      GROUP BY resident HAVING count(*) > 1),
    claims AS MATERIALIZED (${claimsOf(known, SHARED_WITH_GROUPS)}),
    followed AS (SELECT *, ${beforeIn('organisation')}, ${beforeIn('event')}, ${beforeIn('date')},
        ${beforeIn('team')}
      FROM claims WINDOW w AS (PARTITION BY resident, service ORDER BY date, event, organisation)),
    runs AS (SELECT *, count(*) FILTER (WHERE before_organisation IS DISTINCT FROM organisation) OVER
        (PARTITION BY resident, service ORDER BY date, event, organisation) AS run FROM followed),
    earlier AS (SELECT organisation, event, service, date, ${earlierIn('organisation')},
        ${earlierIn('event')}, ${earlierIn('date')}, ${earlierIn('team')}
      FROM runs WINDOW w AS (PARTITION BY resident, service, run ORDER BY date, event, organisation))
    SELECT organisation, event, service, earlier_organisation, earlier_event, earlier_date, earlier_team
    FROM earlier WHERE earlier_organisation IS NOT NULL
      AND earlier_date >= (date - ${doubleClaimSpan})::date`.execute(tx);
}

function beforeIn(column: string): RawBuilder<unknown> {
  return sql`lag(${sql.ref(column)}) OVER w AS ${sql.ref(`before_${column}`)}`;
}

function earlierIn(column: string): RawBuilder<unknown> {
  return sql`first_value(${sql.ref(`before_${column}`)}) OVER w AS ${sql.ref(`earlier_${column}`)}`;
}

const SAME = sql`f.organisation = d.organisation AND f.event = d.event AND f.service = d.service
  AND f.earlier_organisation = d.earlier_organisation AND f.earlier_event = d.earlier_event`;

/** Ends what was not found again and adds what is new. @returns whether there was either */
async function keepFound(tx: Transaction<Database>, knownAt: string): Promise<boolean> {
  const now = sql`${knownAt}::timestamptz`;
  const gone = await sql`UPDATE double_claim d SET found_until = ${now}
    WHERE d.found_until = 'infinity' AND NOT EXISTS (SELECT FROM found f WHERE ${SAME})`.execute(tx);
  const fresh = await sql`INSERT INTO double_claim (organisation, event, service, earlier_organisation,
      earlier_event, earlier_date, earlier_team, found_from)
    SELECT f.*, ${now} FROM found f
    WHERE NOT EXISTS (SELECT FROM double_claim d WHERE d.found_until = 'infinity' AND ${SAME})`.execute(tx);
  return (gone.numAffectedRows ?? 0n) + (fresh.numAffectedRows ?? 0n) > 0n;
}

async function recordComparison(tx: Transaction<Database>, knownAt: string, other: boolean): Promise<void> {
  await sql`DELETE FROM claim_comparison WHERE NOT other`.execute(tx);
  await sql`INSERT INTO claim_comparison (known_at, other)
    VALUES (${knownAt}::timestamptz, ${other})`.execute(tx);
}
