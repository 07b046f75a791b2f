/** The record of one organisation, folded anew in the order in which it became known. */
import {
  type Database,
  type Micros,
  type RecordedArrival,
  readArrivals,
  readDecidingSettings,
  type SettingsVersion,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { applyRecorded } from '../revalue.ts';
import { SettingsBook } from '../settings-book.ts';
import type { WorkerState } from '../worker-state.ts';
import { type Organisation, PageLine } from './page-line.ts';

/** Events of one transaction. */
const PAGE_EVENTS = 5_000;

type Version = SettingsVersion & { knownAt: Micros };

/** Where the record is read, and what writes to the side tables. */
export interface Replaying {
  /** Of the tables in use. */
  record: Kysely<Database>;
  /** On the side tables. */
  worker: WorkerState;
}

/**
 * Replays one organisation, in pages of one transaction each.
 * @param onEvents told how many more were done
 */
export async function replayOrganisation(
  { record, worker }: Replaying,
  organisation: Organisation,
  onEvents: (events: number) => void,
): Promise<void> {
  const state = { ...worker, book: new SettingsBook([]) };
  const line = new PageLine(state, organisation);
  const versions = await readDecidingSettings(record, organisation.code);
  let after = -1n;
  for (;;) {
    worker.stop.throwIfAborted();
    const page = await readArrivals(record, organisation.id, after, PAGE_EVENTS);
    const last = page.at(-1);
    let rest = page;
    for (;;) {
      const [version] = versions;
      if (version === undefined || (last !== undefined && version.number > last.number)) break;
      const place = rest.findIndex(({ number }) => number > version.number);
      await line.fold(place < 0 ? rest : rest.slice(0, place));
      rest = place < 0 ? [] : rest.slice(place);
      await line.settle();
      await applyRecorded(state, knownBefore(version, rest));
      versions.shift();
    }
    await line.fold(rest);
    if (last === undefined) return line.settle();
    onEvents(page.length);
    after = last.number;
  }
}

/**
 * Of settings it is recorded when the last partition knew them; another may have had them, and events after them, a
 * moment before. Where that is lost with the ledger, they are known before the events that follow.
 */
function knownBefore(version: Version, following: readonly RecordedArrival[]): Version {
  const knownAt = following.reduce(
    (least, arrival) => (arrival.knownAt <= least ? arrival.knownAt - 1n : least),
    version.knownAt,
  );
  return { ...version, knownAt };
}
