/** How far each partition has come, and who may move it. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, RevaluationCursor } from '../tables.ts';
import { type Micros, timestamp } from './batch.ts';
import { arrayOf } from './binary.ts';
import { unnestRows } from './unnest.ts';

/** What cases are valued with: 2 tells services, prices and ranges apart. */
export const VALUATION_VERSION = 2;

export interface Position {
  partition: number;
  epoch: number;
  sequence: bigint;
  /** JetStream's timestamp of that message; 0 before the first. */
  storedAt: Micros;
  knownAt: Micros;
  /** Number of the last settings message that is in; -1 before the first. */
  settings: bigint;
  revaluation: RevaluationCursor | undefined;
  /** The {@link VALUATION_VERSION} with which its cases were valued. */
  valuation: number;
}

/**
 * The positions of the partitions in this epoch; a partition that is new to it reads the stream from its beginning.
 * What it had applied before stays applied, settings and a half-done revaluation among it.
 */
export async function readPositions(
  db: Kysely<Database>,
  partitions: readonly number[],
  epoch: number,
): Promise<Position[]> {
  await sql`INSERT INTO partition_position (partition, epoch, sequence, stored_at, known_at, settings, valuation)
    SELECT unnest(${arrayOf('int2', partitions)}::smallint[]), ${epoch}::integer, 0, timestamptz 'epoch',
      timestamptz 'epoch', -1, ${VALUATION_VERSION}::smallint
    ON CONFLICT (partition) DO UPDATE SET epoch = excluded.epoch, sequence = 0,
      stored_at = excluded.stored_at
    WHERE partition_position.epoch < excluded.epoch`.execute(db);
  const { rows } = await sql<{
    partition: number;
    epoch: number;
    sequence: bigint;
    stored: bigint;
    known: bigint;
    settings: bigint;
    revaluation: RevaluationCursor | null;
    valuation: number;
  }>`SELECT partition, epoch, sequence, settings, revaluation, valuation,
      (extract(epoch FROM stored_at) * 1000000)::bigint AS stored,
      (extract(epoch FROM known_at) * 1000000)::bigint AS known
    FROM partition_position WHERE partition = ANY(${arrayOf('int2', partitions)}::smallint[]) ORDER BY partition`.execute(
    db,
  );
  return rows.map(({ stored, known, revaluation, ...row }) => ({
    ...row,
    storedAt: stored,
    knownAt: known,
    revaluation: revaluation ?? undefined,
  }));
}

/** The message up to and including which everything is in. */
export interface PositionTarget {
  sequence: bigint;
  storedAt: Micros;
  /** The latest moment at which anything up to that message became known. */
  knownAt: Micros;
}

/**
 * Moves positions on, in the transaction that holds the effects. It moves nothing and throws where a position is
 * no longer what this worker read: another worker holds the partition now, and this one must stop.
 */
export async function movePositions(
  tx: Transaction<Database>,
  from: readonly Position[],
  to: PositionTarget,
): Promise<void> {
  const moved = await sql`UPDATE partition_position p
    SET sequence = ${to.sequence}, stored_at = ${timestamp(to.storedAt)},
      known_at = greatest(p.known_at + interval '1 microsecond', ${timestamp(to.knownAt)})
    ${asRead(from)}`.execute(tx);
  requireAll(moved.numAffectedRows, from);
}

/** Notes that settings are in, for good. Throws as {@link movePositions}. */
export async function settingsApplied(
  tx: Transaction<Database>,
  from: readonly Position[],
  number: bigint,
): Promise<void> {
  const moved = await sql`UPDATE partition_position p SET settings = ${number}, revaluation = NULL
    ${asRead(from)}`.execute(tx);
  requireAll(moved.numAffectedRows, from);
}

/** Keeps how far a settings message has been applied to the partitions. Throws as {@link movePositions}. */
export async function keepCursor(
  tx: Transaction<Database>,
  from: readonly Position[],
  cursor: RevaluationCursor,
): Promise<void> {
  const moved = await sql`UPDATE partition_position p SET revaluation = ${JSON.stringify(cursor)}::jsonb
    ${asRead(from)}`.execute(tx);
  requireAll(moved.numAffectedRows, from);
}

/** Notes that all cases were valued once more, which became known a moment later. Throws as {@link movePositions}. */
export async function valuationUpgraded(tx: Transaction<Database>, from: readonly Position[]): Promise<void> {
  const moved = await sql`UPDATE partition_position p SET valuation = ${VALUATION_VERSION},
      revaluation = NULL, known_at = p.known_at + interval '1 microsecond'
    ${asRead(from)}`.execute(tx);
  requireAll(moved.numAffectedRows, from);
}

/**
 * Notes that some cases were valued once more and others not yet, under the settings up to `number`, which were applied
 * before. Throws as {@link movePositions}.
 */
export async function keepUpgradeCursor(
  tx: Transaction<Database>,
  from: readonly Position[],
  { number, done }: { number: bigint; done: number },
): Promise<void> {
  const cursor: RevaluationCursor = { number: number.toString(), programme: '', caseId: '', done };
  const moved = await sql`UPDATE partition_position p
    SET revaluation = ${JSON.stringify(cursor)}::jsonb, known_at = p.known_at + interval '1 microsecond'
    ${asRead(from)}`.execute(tx);
  requireAll(moved.numAffectedRows, from);
}

/** The partitions have everything up to now: nothing waits in the stream. */
export async function moveKnownAt(db: Kysely<Database>, from: readonly Position[]): Promise<Micros> {
  const { rows } = await sql<{ micros: bigint }>`UPDATE partition_position p
    SET known_at = greatest(p.known_at, statement_timestamp())
    ${asRead(from)} RETURNING (extract(epoch FROM p.known_at) * 1000000)::bigint AS micros`.execute(db);
  requireAll(BigInt(rows.length), from);
  return rows.reduce((least, { micros }) => (micros < least ? micros : least), rows[0]?.micros ?? 0n);
}

/** The positions as they were read: a row of `p` that differs is another worker's by now. */
function asRead(from: readonly Position[]) {
  const read = unnestRows('o', from, {
    partition: ['int2', ({ partition }) => partition],
    epoch: ['int4', ({ epoch }) => epoch],
    sequence: ['int8', ({ sequence }) => sequence],
  });
  return sql`FROM ${read}
    WHERE p.partition = o.partition AND p.epoch = o.epoch AND p.sequence = o.sequence`;
}

function requireAll(moved: bigint | undefined, from: readonly Position[]): void {
  if (moved !== BigInt(from.length)) throw new Error('Another worker has moved a partition of this worker');
}
