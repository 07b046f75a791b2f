/** Pages of the record one behind the other: each is folded by the calculator's own rules and written. */
import { partitionOf } from '@effectstroom/contracts';
import {
  type Batch,
  type CaseKey,
  type Database,
  type EncodedBatch,
  encodeBatch,
  type RecordedArrival,
  readCases,
  writeBatch,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { carryOn, takeUpCase } from '../case-in-hand.ts';
import { type Arrival, caseKeyOf, foldEvents, identityConflict, identityOf, type Stored } from '../fold.ts';
import { eventOf } from '../kept-event.ts';
import type { WorkerState } from '../worker-state.ts';

/** As the record names it. */
export interface Organisation {
  id: number;
  code: string;
}

/** While PostgreSQL writes a page, the next is folded. */
export class PageLine {
  readonly #state: WorkerState;
  readonly #organisation: Organisation;
  #writing: { stored: Stored; done: Promise<void> } | undefined;

  constructor(state: WorkerState, organisation: Organisation) {
    this.#state = state;
    this.#organisation = organisation;
  }

  /** Folds a page and starts to write it once the one before is in. */
  async fold(page: readonly RecordedArrival[]): Promise<void> {
    if (page.length === 0) return;
    const { session, stream, book, groups, reads } = this.#state;
    const arrivals = page.map((recorded) => arrivalOf(recorded, this.#organisation, stream.partitions));
    const events = arrivals.filter((_, place) => page[place]?.isConflict === false);
    const conflicts = arrivals.filter((_, place) => page[place]?.isConflict === true);
    const stored = await readStored(reads, events, this.#writing?.stored);
    const batches: EncodedBatch[] = [];
    for (const run of runsOf(events)) {
      const folded = foldEvents(run, stored, book, groups);
      await groups.assign(reads);
      // The record itself stays where it is.
      batches.push(encodeBatch({ ...folded, events: [], unreadable: [] }));
      for (const { caseKey } of run) carryOver(stored, caseKey);
    }
    if (conflicts.length > 0)
      batches.push(encodeBatch({ ...NOTHING, quarantined: conflicts.map(identityConflict) }));
    await this.settle();
    const done = session.db.transaction().execute(async (tx) => {
      for (const batch of batches) await writeBatch(tx, session.client, batch);
    });
    done.catch(() => undefined); // looked at in settle()
    this.#writing = { stored, done };
  }

  /** Waits until everything that was handed in is written. @throws what PostgreSQL throws */
  async settle(): Promise<void> {
    const writing = this.#writing;
    await writing?.done;
    this.#writing = undefined;
  }
}

const NOTHING: Batch = {
  ...{ events: [], entries: [], newCases: [], changedCases: [] },
  ...{ quarantined: [], released: [], unreadable: [] },
};

/** No case twice in a run: what stood in quarantine between two events of a case must be told. */
function runsOf(arrivals: readonly Arrival[]): Arrival[][] {
  const runs: Arrival[][] = [];
  let named = new Set<string>();
  for (const arrival of arrivals) {
    const run = runs.at(-1);
    if (run === undefined || named.has(arrival.caseKey)) {
      runs.push([arrival]);
      named = new Set([arrival.caseKey]);
    } else {
      run.push(arrival);
      named.add(arrival.caseKey);
    }
  }
  return runs;
}

/** The case as its next event finds it. */
function carryOver({ cases }: Stored, caseKey: string): void {
  const inHand = cases.get(caseKey);
  if (inHand !== undefined) cases.set(caseKey, carryOn(inHand));
}

function arrivalOf(
  { number, source, knownAt, payload }: RecordedArrival,
  { id: organisation, code }: Organisation,
  partitions: number,
): Arrival {
  const event = eventOf(payload);
  const { caseId } = event.data;
  return {
    ...{ number, source, knownAt, payload, event, organisation },
    partition: partitionOf(code, caseId, partitions),
    identity: identityOf(organisation, source, event.id),
    caseKey: caseKeyOf(organisation, caseId),
  };
}

/** The cases that events name, as they stand once what is being written is in. No event is recorded twice. */
async function readStored(
  reads: Kysely<Database>,
  arrivals: readonly Arrival[],
  under: Stored | undefined,
): Promise<Stored> {
  const stored: Stored = { cases: new Map(), identities: new Map() };
  const keys = new Map<string, CaseKey>();
  for (const { organisation, event, caseKey } of arrivals) {
    const inHand = under?.cases.get(caseKey);
    if (inHand === undefined) keys.set(caseKey, { organisation, caseId: event.data.caseId });
    else if (!stored.cases.has(caseKey)) stored.cases.set(caseKey, carryOn(inHand));
  }
  if (keys.size > 0)
    for (const known of await readCases(reads, [...keys.values()]))
      stored.cases.set(caseKeyOf(known.organisation, known.caseId), takeUpCase(known));
  return stored;
}
