import type { CaseEvent } from '@effectstroom/contracts';
import type { RecordedCase } from '@effectstroom/database';
import type { CaseInHand } from './case-change.ts';

/** A case that no event has named before. */
export function newCase(organisation: number, caseId: string, partition: number): CaseInHand {
  return {
    ...{ organisation, caseId, partition, records: [], quarantine: new Map(), stored: undefined },
    ...{ counted: undefined, state: undefined, programme: undefined, contribution: undefined },
  };
}

/** A recorded case, taken up to be changed. Its payloads were checked before they were recorded. */
export function takeUp(recorded: RecordedCase): CaseInHand {
  const quarantine = new Map<bigint, { reason: string; detail: string }>();
  const records = recorded.events.map(({ number, knownAt, payload, reason, detail }) => {
    if (reason !== undefined) quarantine.set(number, { reason, detail: detail ?? '' });
    return { number, knownAt, payload, event: JSON.parse(payload) as CaseEvent };
  });
  return { ...recorded, records, quarantine, stored: { quarantine } };
}
