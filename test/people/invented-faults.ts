/** Events that end in quarantine, a few of each usual reason. */
import { type SentData, type SentEvent, TYPES } from '../harness/sent.ts';
import { PEOPLE_PLACES } from './invented-places.ts';

/** Six events, of which five cannot be counted. @param today day of the cases, 'YYYY-MM-DD' */
export function inventFaults(today: string, now: Date): SentEvent[] {
  const place = PEOPLE_PLACES[1];
  if (place === undefined) throw new Error('There is no second place');
  const { municipality, organisation, programme, source } = place;
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const event = (id: string, caseId: string, changes: Partial<SentData>): SentEvent => ({
    ...{ specversion: '1.0', id, source, type: TYPES.assessed, time },
    data: {
      ...{ municipality, organisation, programme, caseId, revision: 1, date: today, theme: '1' },
      avoided: [{ service: 'huisarts-consult', likelihood: 'certain', contribution: 'certain' }],
      ...changes,
    },
  });
  const unpriced = { avoided: [{ service: 'ruimtevaart', likelihood: 'certain', contribution: 'certain' }] };
  return [
    event('fout-1', 'fout-1', { theme: '9' }),
    event('fout-2', 'fout-2', { theme: '9' }),
    event('fout-3', 'fout-3', { workType: 'toverkunst' }),
    event('fout-4', 'fout-4', unpriced),
    event('fout-5', 'fout-5', {}),
    event('fout-6', 'fout-5', { theme: '2' }),
  ];
}
