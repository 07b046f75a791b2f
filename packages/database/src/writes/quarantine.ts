/**
 * Who stands in quarantine. Every change has an entry that says when it became known, so that what stood there at
 * any moment can be told; a dismissed event keeps its row and counts as gone.
 */
import { sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import type { Batch, Micros, QuarantineRow } from './batch.ts';
import { arrayOf } from './binary.ts';
import { unnestRows } from './unnest.ts';

/** The identity of an event, as it was sent. */
export interface SentIdentity {
  organisation: string;
  source: string;
  id: string;
}

/** Gives what conflicts with a recorded identity another reason to stand in quarantine, in these partitions. */
export async function moveIdentityConflicts(
  tx: Transaction<Database>,
  { organisation, source, id }: SentIdentity,
  to: { reason: 'dismissed' | 'identity-conflict'; detail: string },
  knownAt: Micros,
  partitions: readonly number[],
): Promise<void> {
  const isDismissed = to.reason === 'dismissed';
  await sql`
    WITH held AS (
      SELECT q.organisation, q.number, q.programme, q.date, q.reason
      FROM quarantine q JOIN organisation o ON o.id = q.organisation
      WHERE o.code = ${organisation} AND q.payload IS NOT NULL
        AND q.partition = ANY(${arrayOf('int2', partitions)}::smallint[])
        AND q.payload::json->>'source' = ${source} AND q.payload::json->>'id' = ${id} FOR UPDATE OF q),
    moved AS (
      UPDATE quarantine q SET reason = ${to.reason}, detail = ${to.detail}
      FROM held WHERE q.organisation = held.organisation AND q.number = held.number)
    INSERT INTO quarantine_entry (organisation, known_at, number, programme, date, sign)
    SELECT organisation, ${moment(sql`${knownAt}::bigint`)}, number, programme, date,
      ${isDismissed ? -1 : 1}::smallint
    FROM held WHERE (reason = 'dismissed') <> ${isDismissed}`.execute(tx);
}

/** Takes events out of quarantine. */
export async function releaseQuarantine(tx: Transaction<Database>, rows: Batch['released']): Promise<void> {
  if (rows.length === 0) return;
  const released = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    number: ['int8', (row) => row.number],
    known_at: ['int8', (row) => row.knownAt],
  });
  await sql`
    WITH gone AS (
      DELETE FROM quarantine q USING ${released}
      WHERE q.organisation = u.organisation AND q.number = u.number
      RETURNING q.organisation, u.known_at, q.number, q.programme, q.date, q.reason)
    INSERT INTO quarantine_entry (organisation, known_at, number, programme, date, sign)
    SELECT organisation, ${moment(sql`known_at`)}, number, programme, date, -1
    FROM gone WHERE reason <> 'dismissed'`.execute(tx);
}

/** Puts events in quarantine. The same conflicting content sent again is there already. */
export async function insertQuarantine(
  tx: Transaction<Database>,
  rows: readonly QuarantineRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const quarantined = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    number: ['int8', (row) => row.number],
    reason: ['text', (row) => row.reason],
    detail: ['text', (row) => row.detail],
    case_id: ['text', (row) => row.caseId],
    partition: ['int2', (row) => row.partition],
    programme: ['text', (row) => row.programme],
    known_at: ['int8', (row) => row.knownAt],
    payload: ['text', (row) => row.payload],
    source: ['int4', (row) => row.source],
    date: ['text', (row) => row.date],
    since: ['int8', (row) => row.since],
  });
  await sql`
    WITH coming AS (SELECT * FROM ${quarantined}),
    added AS (
      INSERT INTO quarantine
        (organisation, number, reason, detail, case_id, partition, programme, known_at, payload, source, date)
      SELECT organisation, number, reason, detail, case_id, partition, programme, ${moment(sql`known_at`)},
        payload, source, date::date
      FROM coming ON CONFLICT DO NOTHING RETURNING organisation, number, programme, date, reason)
    INSERT INTO quarantine_entry (organisation, known_at, number, programme, date, sign)
    SELECT a.organisation, ${moment(sql`c.since`)}, a.number, a.programme, a.date, 1
    FROM added a JOIN coming c ON c.organisation = a.organisation AND c.number = a.number
    WHERE a.reason <> 'dismissed'`.execute(tx);
}

/** Microseconds since 1970 in a column as a timestamptz, exact. */
function moment(micros: ReturnType<typeof sql>) {
  return sql`timestamptz 'epoch' + ${micros} * interval '1 microsecond'`;
}
