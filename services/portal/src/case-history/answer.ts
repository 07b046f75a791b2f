/** The history of one case as it is answered. */
import type { CaseEvent, CaseHistoryAnswer, CaseHistoryEvent } from '@effectstroom/contracts';
import type { CaseHistory } from '@effectstroom/database';
import { entryAnswer, type KnownEvent } from './entry.ts';

export function caseAnswer(organisation: string, caseId: string, history: CaseHistory): CaseHistoryAnswer {
  const { state, counted, entries, settings } = history;
  const events = history.events.map(
    (one): KnownEvent => ({ ...one, event: JSON.parse(one.payload) as CaseEvent }),
  );
  const byNumber = new Map(events.map((one) => [one.number, one]));
  return {
    organisation,
    caseId,
    state,
    events: events.map((one) => eventAnswer(one, statusOf(one, counted, events))),
    entries: entries.map((entry) => entryAnswer(entry, byNumber, settings)),
  };
}

function eventAnswer(
  { event, knownAt, reason, detail }: KnownEvent,
  status: CaseHistoryEvent['status'],
): CaseHistoryEvent {
  const { source, id, type, time } = event;
  // Only the pseudonym of the case leaves the pipeline: that of the resident is for finding double counting.
  const { residentKey: _, ...data } = event.data;
  return { source, id, type, revision: data.revision, time, knownAt, status, reason, detail, data };
}

/** An event that says the same as one that counts, or that came before it, is a duplicate (design §5). */
function statusOf(
  one: KnownEvent,
  counted: bigint | null,
  events: readonly KnownEvent[],
): CaseHistoryEvent['status'] {
  if (one.reason !== null) return 'quarantined';
  if (one.number === counted) return 'counted';
  const content = contentOf(one);
  const same = events.filter((other) => other.reason === null && contentOf(other) === content);
  const original = same.find(({ number }) => number === counted) ?? same[0];
  return original === one ? 'superseded' : 'duplicate';
}

/** The normalised data has its members in a fixed order, so that equal content gives equal text. */
function contentOf({ event: { type, data } }: KnownEvent): string {
  return JSON.stringify([type, data]);
}
