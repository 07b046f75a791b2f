import type { CaseEvent } from '@effectstroom/contracts';
import type { RecordedCase } from '@effectstroom/database';
import type { CaseInHand } from './case-change.ts';
import { CaseEvents, quarantineOf } from './resolve.ts';

/** A case that no event has named before. */
export function newCase(organisation: number, caseId: string, partition: number): CaseInHand {
  return {
    ...{
      organisation,
      caseId,
      partition,
      events: new CaseEvents([]),
      resolution: undefined,
      stored: undefined,
    },
    ...{ counted: undefined, state: undefined, programme: undefined, contribution: undefined },
    contributor: undefined,
  };
}

/** A recorded case, taken up to be changed. Its payloads were checked before they were recorded. */
export function takeUpCase(recorded: RecordedCase): CaseInHand {
  const { organisation, caseId, partition, counted, state, programme, contribution } = recorded;
  const stored = new Map<bigint, { reason: string; detail: string }>();
  const records = recorded.events.map(({ number, source, knownAt, payload, reason, detail }) => {
    if (reason !== undefined) stored.set(number, { reason, detail: detail ?? '' });
    return { number, source, knownAt, payload, event: JSON.parse(payload) as CaseEvent };
  });
  return {
    ...{ organisation, caseId, partition, counted, state, programme, contribution, stored },
    ...{ events: new CaseEvents(records), resolution: undefined },
    contributor: contribution && records.find(({ number }) => number === contribution.event),
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
