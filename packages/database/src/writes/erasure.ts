/** Erasing a case: what is recorded of it goes, and its certificate says what went. */
import { sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import { type Micros, timestamp } from './batch.ts';
import { arrayOf } from './binary.ts';
import { keptOut } from './erased-cases.ts';

/** An erasure that became known. */
export interface NewErasure {
  /** UUID. */
  id: string;
  /** Number of the organisation. */
  organisation: number;
  /** Of the settings message. */
  number: bigint;
  knownAt: Micros;
  /** Salted hash of the case. */
  hash: Buffer;
}

/**
 * Records an erasure and keeps its case out from here on. A second time it changes nothing.
 * @returns false where it was applied before: then its case is kept out already, or nothing was found of it
 */
export async function recordErasure(
  tx: Transaction<Database>,
  { id, organisation, number, knownAt, hash }: NewErasure,
): Promise<boolean> {
  await sql`INSERT INTO erasure (id, organisation, number, known_at)
    VALUES (${id}::uuid, ${organisation}, ${number}, ${timestamp(knownAt)}) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  // Another worker may be applying it: its row is waited for.
  const toDo = await sql`SELECT FROM erasure WHERE id = ${id}::uuid AND applied_at IS NULL FOR SHARE`.execute(
    tx,
  );
  if (toDo.rows.length === 0) return false;
  // An erasure that still keeps the case out goes on doing so: a later one may find nothing and end.
  await sql`INSERT INTO erased_case AS c (hash, erasure, until)
    VALUES (${hash}, ${id}::uuid, ${timestamp(knownAt)} + ${keptOut})
    ON CONFLICT (hash) DO UPDATE SET erasure = excluded.erasure, until = excluded.until
    WHERE c.until <= ${timestamp(knownAt)}`.execute(tx);
  return true;
}

/** An event as it was sent: what decisions on quarantine name it by. */
export interface ErasedIdentity {
  source: string;
  id: string;
  /** It stands in quarantine beside the event that has this identity, which may be another case's. */
  isConflict: boolean;
}

/** What is recorded of a case that is erased. */
export interface ErasedTraces {
  organisation: number;
  organisationCode: string;
  caseId: string;
  /** Numbers of its recorded events. */
  events: readonly bigint[];
  /** Civil dates of these events. */
  dates: readonly string[];
  identities: readonly ErasedIdentity[];
}

/** Rows that {@link removeTraces} removed or cleared. */
export interface RemovedTraces {
  decisions: number;
  unreadable: number;
  residents: number;
  /** Ledger entries that stay. */
  ledgerEntries: number;
}

/**
 * Removes everything that names a case: events, state, resident. To be called after its contribution was reversed and
 * its quarantine released. Its amounts stay in the ledger, which then names nobody.
 */
export async function removeTraces(tx: Transaction<Database>, traces: ErasedTraces): Promise<RemovedTraces> {
  const { organisation, caseId, events, dates } = traces;
  const numbers = sql`${arrayOf('int8', events)}::bigint[]`;
  // By date, for which the ledger has an index.
  const entries = sql`organisation = ${organisation} AND date = ANY(${[...dates]}::text[]::date[])
    AND event = ANY(${numbers})`;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM ledger WHERE ${entries}`.execute(tx);
  const residents = await sql`UPDATE ledger SET resident = NULL
    WHERE ${entries} AND resident IS NOT NULL`.execute(tx);
  await sql`DELETE FROM event WHERE organisation = ${organisation} AND number = ANY(${numbers})`.execute(tx);
  await sql`DELETE FROM case_state WHERE organisation = ${organisation} AND case_id = ${caseId}`.execute(tx);
  await clearVerifications(tx, traces);
  // What claims were compared with; the other claim is compared anew.
  await sql`DELETE FROM double_claim WHERE (organisation = ${organisation} AND event = ANY(${numbers}))
    OR (earlier_organisation = ${organisation} AND earlier_event = ANY(${numbers}))`.execute(tx);
  return {
    decisions: await clearDecisions(tx, traces),
    unreadable: await clearUnreadable(tx, traces),
    residents: Number(residents.numAffectedRows ?? 0n),
    ledgerEntries: rows[0]?.count ?? 0,
  };
}

/** A decision keeps its number, which ledger entries name as their cause, and says nothing any more. */
async function clearDecisions(
  tx: Transaction<Database>,
  { organisationCode, identities }: ErasedTraces,
): Promise<number> {
  const decision = {
    ...{ organisation: organisationCode, source: 'urn:effectstroom:erased', id: 'erased', target: 'event' },
    ...{ decision: 'retry', reason: 'erased' },
  };
  const cleared = await sql`UPDATE settings s
    SET key = ${`${organisationCode} erased`}, body = ${JSON.stringify(decision)}::jsonb
    FROM unnest(${identities.map(({ source }) => source)}::text[], ${identities.map(({ id }) => id)}::text[],
      ${identities.map(({ isConflict }) => isConflict)}::boolean[]) AS i(source, id, is_conflict)
    WHERE s.kind = 'quarantine' AND s.body->>'organisation' = ${organisationCode}
      AND s.body->>'source' = i.source AND s.body->>'id' = i.id
      AND (NOT i.is_conflict OR s.body->>'target' = 'identity-conflict')`.execute(tx);
  return Number(cleared.numAffectedRows ?? 0n);
}

/** What could not be read is kept as text: that of a message which names the case goes. */
async function clearUnreadable(
  tx: Transaction<Database>,
  { organisationCode, caseId }: ErasedTraces,
): Promise<number> {
  const holds = (text: string) => sql`position(convert_to(${JSON.stringify(text)}, 'UTF8') in payload) > 0`;
  const cleared = await sql`UPDATE unreadable SET detail = 'Erased on request', payload = ''
    WHERE ${holds(caseId)} AND ${holds(organisationCode)}`.execute(tx);
  return Number(cleared.numAffectedRows ?? 0n);
}

/** Faults that a check found in the case name it. */
async function clearVerifications(
  tx: Transaction<Database>,
  { organisation, caseId }: ErasedTraces,
): Promise<void> {
  const about = `case ${caseId} of organisation ${organisation} `;
  await sql`UPDATE verification SET faults = (
      SELECT jsonb_agg(CASE WHEN starts_with(fault, ${about})
        THEN ${`a case of organisation ${organisation} that was erased`} ELSE fault END ORDER BY place)
      FROM jsonb_array_elements_text(faults) WITH ORDINALITY AS f(fault, place))
    WHERE EXISTS (SELECT FROM jsonb_array_elements_text(faults) AS f(fault)
      WHERE starts_with(fault, ${about}))`.execute(tx);
}

/** What a certificate says was removed, and what stays. */
export interface ErasureRemoved extends RemovedTraces {
  events: number;
  quarantined: number;
  closingLines: number;
  /** Events that came (again) since, and were dropped. */
  later: number;
  /** When the newest of these was stored, RFC 3339; absent while there is none. */
  laterAt?: string;
}

/** What an erasure changes in the totals; amounts negative where the case counted. */
export interface ErasureCorrection {
  registered: number;
  assessed: number;
  represented: number;
  /** Micro-euros. */
  gross: string;
  /** Ten-thousandths of a micro-euro. */
  corrected: string;
}

/** Whether anything was recorded of the case. */
export function isFound({ events, quarantined, unreadable }: ErasureRemoved): boolean {
  return events + quarantined + unreadable > 0;
}

/**
 * Completes the certificate, once. Where nothing was found nothing is kept out by it: the id may be mistyped, and
 * another case's. @returns whether it lets go of the case
 */
export async function completeErasure(
  tx: Transaction<Database>,
  id: string,
  removed: ErasureRemoved,
  correction: ErasureCorrection,
): Promise<boolean> {
  const completed =
    await sql`UPDATE erasure SET applied_at = clock_timestamp(), removed = ${JSON.stringify(removed)}::jsonb,
      correction = ${JSON.stringify(correction)}::jsonb
    WHERE id = ${id}::uuid AND applied_at IS NULL`.execute(tx);
  if (completed.numAffectedRows !== 1n || isFound(removed)) return false;
  await tx.deleteFrom('erased_case').where('erasure', '=', id).execute();
  return true;
}
