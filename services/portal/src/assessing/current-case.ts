/** A case as it stands, to be assessed. */
import { type AssessedData, CASE_TYPES, type CaseEvent, type RegisteredData } from '@effectstroom/contracts';
import type { CaseHistory } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';

/** The event of a case that counts, and what is known beside it. */
export interface CurrentCase {
  type: typeof CASE_TYPES.registered | typeof CASE_TYPES.assessed;
  data: RegisteredData;
  /** The assessment that counts; undefined where the case is only registered. */
  assessment: AssessedData | undefined;
  /** The highest revision that is known, also of events in quarantine. */
  revision: number;
  /** The last assessment before, where an event without one took its place. */
  former: AssessedData | undefined;
}

/**
 * The case of a history. Throws a problem: 404 where there is none, 409 where it was withdrawn or all its
 * events are in quarantine.
 */
export function currentCase(history: CaseHistory | undefined): CurrentCase {
  if (history === undefined) throw new ProblemError(404, 'no event of this case has been recorded');
  const events = history.events.map((one) => ({ ...one, event: JSON.parse(one.payload) as CaseEvent }));
  const counted = events.find(({ number }) => number === history.counted)?.event;
  if (counted === undefined)
    throw new ProblemError(409, 'this case cannot be assessed: all its events are in quarantine');
  if (counted.type === CASE_TYPES.withdrawn)
    throw new ProblemError(409, 'this case cannot be assessed: it was withdrawn');
  const isAssessed = counted.type === CASE_TYPES.assessed;
  const before = events.flatMap(({ event, reason }) =>
    event.type === CASE_TYPES.assessed && reason === null && event.data.revision < counted.data.revision
      ? event.data
      : [],
  );
  const former = before.toSorted((one, other) => other.revision - one.revision)[0];
  return {
    ...{ type: counted.type, data: counted.data },
    assessment: isAssessed ? counted.data : undefined,
    revision: Math.max(...events.map(({ event }) => event.data.revision)),
    former: isAssessed ? undefined : former,
  };
}
