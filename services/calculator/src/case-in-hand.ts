import type { Micros, RecordedCase, RecordedEvent } from '@effectstroom/database';
import type { CaseInHand } from './case-change.ts';
import { KeptEvent } from './kept-event.ts';
import { type CaseEventRecord, CaseEvents, quarantineOf } from './resolve.ts';

/** A case that no event has named before. */
export function newCase(organisation: number, caseId: string, partition: number): CaseInHand {
  return {
    organisation,
    caseId,
    partition,
    events: new CaseEvents([]),
    resolution: undefined,
    counted: undefined,
    state: undefined,
    programme: undefined,
    contribution: undefined,
    contributor: undefined,
    stored: undefined,
  };
}

/** An event as it is recorded. */
class RecordedKept extends KeptEvent implements CaseEventRecord {
  readonly number: bigint;
  readonly source: number;
  readonly knownAt: Micros;
  readonly payload: string;

  constructor({ number, source, knownAt, payload }: RecordedEvent) {
    super(undefined);
    this.number = number;
    this.source = source;
    this.knownAt = knownAt;
    this.payload = payload;
  }
}

/** A recorded case, taken up to be changed. Its payloads were checked before they were recorded. */
export function takeUpCase(recorded: RecordedCase): CaseInHand {
  const { organisation, caseId, partition, counted, state, programme, contribution } = recorded;
  const stored = new Map<bigint, { reason: string; detail: string }>();
  for (const { number, reason, detail } of recorded.events)
    if (reason !== undefined) stored.set(number, { reason, detail: detail ?? '' });
  const records = recorded.events.map((event) => new RecordedKept(event));
  const events = new CaseEvents(records);
  const contributor = contribution && records.find(({ number }) => number === contribution.event);
  // Of the others it was only asked which revision they are.
  for (const record of records) if (record !== (contributor ?? records.at(-1))) record.forget();
  return {
    ...{ organisation, caseId, partition, counted, state, programme, contribution, stored },
    ...{ events, resolution: undefined, contributor },
  };
}

/** A case as the batch before leaves it, once that batch is written. */
export function carryOn(inHand: CaseInHand): CaseInHand {
  const { resolution, stored } = inHand;
  return {
    ...inHand,
    stored: resolution === undefined ? stored : quarantineOf(resolution),
    resolution: undefined,
  };
}
