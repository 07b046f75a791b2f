/** Plain events in any number, so that times can be told per million: assessed cases with two lines. */
import { PLACE } from '../harness/plain-programme.ts';
import { type SentEvent, TYPES } from '../harness/sent.ts';

const DAY = 86_400_000;

/** Events `from` up to `to`, each of a case of its own. */
export function volumeEvents(from: number, to: number): SentEvent[] {
  return Array.from({ length: to - from }, (_, place) => volumeEvent(from + place));
}

function volumeEvent(number: number): SentEvent {
  return {
    specversion: '1.0',
    id: `v-${number}`,
    source: 'urn:nld:kvknr:41224547:systeem:registratie',
    type: TYPES.assessed,
    time: new Date(Date.UTC(2023, 0, 1) + number * 1_000).toISOString(),
    data: {
      ...{ ...PLACE, caseId: `v-${number}`, revision: 1, theme: String(1 + (number % 3)) },
      date: new Date(Date.UTC(2019, 0, 1) + (number % 1_400) * DAY).toISOString().slice(0, 10),
      team: `team-${number % 20}`,
      avoided: [
        { service: 'begeleiding', quantity: 26, likelihood: 'probable', contribution: 'certain' },
        {
          amount: '1250.00',
          costBearer: 'zorgverzekeraar',
          likelihood: 70,
          contribution: 35,
          recurrence: 'yearly',
        },
      ],
    },
  };
}
