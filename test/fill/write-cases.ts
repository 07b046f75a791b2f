/** Folds events and writes what they make, batch by batch, in bounded memory. */
import { type EncodedBatch, encodeBatch, writeBatch } from '@effectstroom/database';
import type { CaseInHand } from '../../services/calculator/src/case-change.ts';
import { carryOn } from '../../services/calculator/src/case-in-hand.ts';
import { caseKeyOf, foldEvents, type Stored } from '../../services/calculator/src/fold.ts';
import type { WorkerState } from '../../services/calculator/src/worker-state.ts';
import type { FilledArrival } from './arrivals.ts';

/** Events of one transaction. */
const BATCH_EVENTS = 5_000;

/** Cases of which another event comes, by key. */
type Waiting = Map<string, CaseInHand>;

/**
 * While PostgreSQL writes a batch, the next is made. @param onWritten told how many events were handed in
 * so far
 */
export async function writeCases(
  state: WorkerState,
  arrivals: Iterable<readonly FilledArrival[]>,
  onWritten: (events: number) => void,
): Promise<void> {
  const { session } = state;
  const waiting: Waiting = new Map();
  let writing = Promise.resolve();
  let events = 0;
  for (const batch of batchesOf(arrivals)) {
    const encoded = await encode(state, batch, waiting);
    await writing;
    writing = session.db.transaction().execute((tx) => writeBatch(tx, session.client, encoded));
    writing.catch(() => undefined); // looked at before the next
    events += batch.length;
    onWritten(events);
  }
  await writing;
  if (waiting.size > 0) throw new Error(`${waiting.size} cases got no second event`);
}

function* batchesOf(arrivals: Iterable<readonly FilledArrival[]>): Generator<FilledArrival[]> {
  let batch: FilledArrival[] = [];
  for (const moment of arrivals) {
    batch.push(...moment);
    if (batch.length < BATCH_EVENTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A case is written once: when no other event of it comes. */
async function encode(
  { book, groups, reads }: WorkerState,
  batch: readonly FilledArrival[],
  waiting: Waiting,
): Promise<EncodedBatch> {
  const stored: Stored = { cases: new Map(), identities: new Map() };
  for (const { caseKey } of batch) {
    const inHand = waiting.get(caseKey);
    if (inHand !== undefined) stored.cases.set(caseKey, inHand);
  }
  const folded = foldEvents(batch, stored, book, groups);
  const [refused] = folded.quarantined;
  if (refused !== undefined) throw new Error(`An invented case cannot count: ${refused.detail}`);
  await groups.assign(reads);
  for (const { caseKey, hasLater } of batch) {
    const inHand = hasLater ? stored.cases.get(caseKey) : undefined;
    if (inHand === undefined) waiting.delete(caseKey);
    else waiting.set(caseKey, carryOn(inHand));
  }
  const newCases = [...folded.newCases, ...folded.changedCases].filter(
    ({ organisation, caseId }) => !waiting.has(caseKeyOf(organisation, caseId)),
  );
  const { events, entries } = folded;
  return encodeBatch({
    ...{ events, entries, newCases },
    ...{ changedCases: [], quarantined: [], released: [], unreadable: [] },
  });
}
