/**
 * Makes everything that follows from the record anew, beside what is in use, and puts it in the place of what differs:
 * cases, ledger, totals, quarantine. The calculator's own rules do it, event by event, so that also what was known at
 * any moment comes out as it was.
 */
import {
  Codes,
  connect,
  countLostEvents,
  type Database,
  dropSideTables,
  finishSideTables,
  Groups,
  lockPartitions,
  makeSideTables,
  openSession,
  type Position,
  readOrganisations,
  readPartitionCount,
  replaceByRecord,
  SIDE_SCHEMA,
  type TableDifference,
  VALUATION_VERSION,
} from '@effectstroom/database';
import { createLog } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { ErasedCases } from '../erasures/erased-cases.ts';
import { SettingsBook } from '../settings-book.ts';
import type { WorkerState } from '../worker-state.ts';
import { replayOrganisation } from './replay.ts';

/** The database cannot be rebuilt as it is; the message says what to do first. */
export class RebuildFault extends Error {}

export interface RebuildOptions {
  url: string;
  /** Compare, and leave all as it is. */
  onlyLook: boolean;
  /** Told how many events were replayed so far. */
  onProgress: (events: number) => void;
}

export interface Rebuilt {
  events: number;
  seconds: number;
  /** Of that, comparing and replacing. */
  replacingSeconds: number;
  /** Tables in which something was otherwise; none where all was right. */
  differences: TableDifference[];
}

/**
 * Holds the locks of all partitions, so that no calculator writes meanwhile; readers go on with what is there.
 * A second time it changes nothing, and neither does one that was killed.
 * @throws RebuildFault where a calculator runs, there is nothing to rebuild from, or recorded events are lost
 */
export async function rebuild({ url, onlyLook, onProgress }: RebuildOptions): Promise<Rebuilt> {
  const startedAt = performance.now();
  const lost = new AbortController();
  const holder = await openSession({ url, applicationName: 'rebuild' }, (error) => lost.abort(error));
  try {
    const partitions = await holdPartitions(holder.db);
    await requireWholeRecord(holder.db);
    await makeSideTables(holder.db, partitions);
    const events = await replay({ url, record: holder.db, partitions, stop: lost.signal, onProgress });
    await finishSideTables(holder.db);
    const replacingFrom = performance.now();
    const differences = await replaceByRecord(holder.db, onlyLook);
    const endedAt = performance.now();
    const seconds = (endedAt - startedAt) / 1_000;
    return { events, seconds, replacingSeconds: (endedAt - replacingFrom) / 1_000, differences };
  } finally {
    if (!lost.signal.aborted) await dropSideTables(holder.db).catch(() => undefined);
    await holder.close();
  }
}

async function holdPartitions(db: Kysely<Database>): Promise<number> {
  const partitions = await readPartitionCount(db);
  if (partitions === undefined) throw new RebuildFault('Nothing was ever recorded in this database');
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const held = await lockPartitions(db, all, partitions);
  if (held.length < partitions)
    throw new RebuildFault('A calculator is running: stop every calculator, then rebuild');
  return partitions;
}

async function requireWholeRecord(db: Kysely<Database>): Promise<void> {
  const lost = await countLostEvents(db);
  if (lost > 0)
    throw new RebuildFault(
      `${lost} events that count are recorded no more: restore the table event from a back-up first`,
    );
}

interface Replay {
  url: string;
  record: Kysely<Database>;
  partitions: number;
  stop: AbortSignal;
  onProgress: RebuildOptions['onProgress'];
}

/** @returns how many events were replayed */
async function replay({ url, record, partitions, stop, onProgress }: Replay): Promise<number> {
  const side = new URL(url);
  side.searchParams.set('options', `-c search_path=${SIDE_SCHEMA},public -c synchronous_commit=off`);
  const at = { url: side.href, applicationName: 'rebuild' };
  const lost = new AbortController();
  const session = await openSession(at, (error) => lost.abort(error));
  const reads = connect({ ...at, connectionsMax: 1 });
  try {
    const worker: WorkerState = {
      ...{ session, reads, epoch: 0, stop: AbortSignal.any([stop, lost.signal]) },
      stream: { createdAt: '', partitions },
      positions: Array.from({ length: partitions }, (_, partition) => startOf(partition)),
      book: new SettingsBook([]),
      groups: new Groups(),
      organisations: new Codes('organisation'),
      sources: new Codes('source'),
      erased: new ErasedCases(Buffer.alloc(0), []), // their events are gone from the record
      log: createLog('rebuild', 'warn'),
    };
    let events = 0;
    for (const organisation of await readOrganisations(record))
      await replayOrganisation({ record, worker }, organisation, (more) => {
        events += more;
        onProgress(events);
      });
    return events;
  } finally {
    await session.close();
    await reads.destroy();
  }
}

/** As the side tables have it at the start of each organisation. */
function startOf(partition: number): Position {
  return {
    ...{
      partition,
      epoch: 0,
      sequence: 0n,
      storedAt: 0n,
      knownAt: 0n,
      settings: -1n,
      revaluation: undefined,
    },
    valuation: VALUATION_VERSION,
  };
}
