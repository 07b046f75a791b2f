/** Events for a database that is full already: half of them of new cases, half new revisions of old ones. */
import type { CaseEvent } from '@effectstroom/contracts';
import { CaseInventor } from '../fill/invent-case.ts';
import { inventWorld } from '../fill/invent-world.ts';
import { seededRandom } from '../scenarios/random.ts';
import type { GrowthPoint } from './options.ts';

export interface FurtherOptions extends GrowthPoint {
  count: number;
  seed: number;
  firstDay: string;
  lastDay: string;
  years: number;
}

/** Old cases are drawn from all that there are: most lie on pages that nothing has read lately. */
export function furtherEvents({
  count,
  seed,
  firstDay,
  lastDay,
  years,
  ...point
}: FurtherOptions): CaseEvent[] {
  const { cases, municipalities } = point;
  const world = inventWorld({ cases, municipalities, years, firstYear: Number(firstDay.slice(0, 4)) });
  const own = new Set(world.places.map(({ organisation }) => organisation));
  const inventor = new CaseInventor({ world, own, cases, seed, firstDay });
  const random = seededRandom(BigInt(seed));
  const loggedMs = Date.parse(`${lastDay}T12:00:00Z`);
  return Array.from({ length: count }, (_, place) => {
    const index = place % 2 === 0 ? cases + place : random.below(cases);
    const first = inventor.first(index, loggedMs + place);
    if (first === undefined) throw new Error('A case of no organisation');
    const { event } = first;
    return place % 2 === 0 ? event : revised(event, place);
  });
}

/** A revision above all that the fill has made. */
function revised(event: CaseEvent, place: number): CaseEvent {
  const id = `further-${place}`;
  const revision = 3 + place;
  // One by one: TypeScript follows the type of the event only so.
  if (event.type === 'nl.effectstroom.case.assessed')
    return { ...event, id, data: { ...event.data, revision } };
  if (event.type === 'nl.effectstroom.case.registered')
    return { ...event, id, data: { ...event.data, revision } };
  return { ...event, id, data: { ...event.data, revision } };
}
