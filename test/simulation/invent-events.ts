/**
 * The lives of made-up cases: revisions, conflicts, withdrawals, repetitions, and codes that nobody knows.
 */
import { type SentData, type SentEvent, type SentLine, TYPES } from '../harness/sent.ts';
import { money, type Random } from '../scenarios/random.ts';
import { BEARERS, GOALS, PLACES, type Place, SERVICES, THEMES, WORK_TYPES } from './invent-settings.ts';

/** An event, and where in the run it is sent: 0 is the start, 1 the end. */
export interface Planned {
  event: SentEvent;
  at: number;
  /** Another content of an identity: it must come after the first, which decides. */
  isIdentityConflict?: boolean;
}

const SOURCES = ['urn:nld:kvknr:41224547:systeem:a', 'urn:nld:kvknr:41224547:systeem:B'];
const DAY = 86_400_000;
const chance = (random: Random, percent: number) => random.below(100) < percent;
/** One of a list, or nothing. */
const perhaps = <T>(list: readonly T[], random: Random) =>
  chance(random, 50) ? random.pick(list) : undefined;

/** About `count` events. */
export function inventEvents(count: number, random: Random): Planned[] {
  const planned: Planned[] = [];
  for (let number = 0; planned.length < count; number++) planned.push(...inventCase(`c-${number}`, random));
  return planned;
}

function inventCase(caseId: string, random: Random): Planned[] {
  const place = random.pick(PLACES);
  const start = random.below(1_000) / 1_000;
  const planned: Planned[] = [];
  let revision = random.below(3);
  for (let step = 0; step <= random.below(5); step++, revision += 1 + random.below(2)) {
    // Mostly in order, some long after and some before what they follow.
    const at = chance(random, 25) ? random.below(1_000) / 1_000 : Math.min(start + step / 50, 1);
    const event = inventEvent(place, `${caseId}`, revision, random);
    planned.push({ event, at }, ...withEchoes(event, at, place, random));
  }
  return planned;
}

/** What else may come of an event: the same again, the same under another id, other content in its place. */
function withEchoes(event: SentEvent, at: number, place: Place, random: Random): Planned[] {
  const { caseId, revision } = event.data;
  const later = at + ((1 - at) * random.below(1_000)) / 1_000;
  const echoes: Planned[] = [];
  if (chance(random, 15)) echoes.push({ event: otherwise(event), at: later });
  if (chance(random, 4))
    echoes.push({ event: { ...event, id: newId(random), time: newTime(random) }, at: later });
  if (chance(random, 6)) {
    const other = inventEvent(place, caseId, revision, random);
    // Sometimes at the same moment: then the source decides, and then the id.
    echoes.push({ event: chance(random, 40) ? { ...other, time: event.time } : other, at: later });
  }
  if (chance(random, 4)) {
    const { source, id } = event;
    const other = inventEvent(place, caseId, revision + random.below(2), random);
    echoes.push({ event: { ...other, source, id }, at: later, isIdentityConflict: true });
  }
  return echoes;
}

/** The same event written in another way. */
function otherwise(event: SentEvent): SentEvent {
  const { programme = 'main', avoided, ...rest } = event.data;
  const time = event.time.replace('Z', '+00:00');
  const lines = avoided?.map(
    (line): SentLine => ({ deadweight: 0, dropOff: 0, recurrence: 'one-off', ...line }),
  );
  return {
    ...event,
    time,
    data: { programme, ...rest, ...(lines && { avoided: lines, similarCases: 1, ...rest }) },
  };
}

function newId(random: Random): string {
  // Seven digits: nine in a row could be a citizen service number.
  return `${random.pick(['e', 'E', 'é', 'ﬀ', '😀'])}-${random.below(1e7)}-${random.below(1e7)}`;
}

function newTime(random: Random): string {
  return new Date(Date.UTC(2023, 0, 1) + random.below(100) * DAY + random.below(1_000)).toISOString();
}

function inventEvent(place: Place, caseId: string, revision: number, random: Random): SentEvent {
  const type = random.pick([
    TYPES.assessed,
    TYPES.assessed,
    TYPES.assessed,
    TYPES.registered,
    TYPES.withdrawn,
  ]);
  // Now and then the case is said to be another municipality's or programme's of the same organisation.
  const own = PLACES.filter(({ organisation }) => organisation === place.organisation);
  const { municipality, organisation, programme } = chance(random, 90) ? place : random.pick(own);
  const at = { municipality, organisation, programme: chance(random, 98) ? programme : 'unknown' };
  const data: SentData = { ...at, caseId, revision };
  if (type === TYPES.withdrawn) data.reason = random.pick(['error', 'consent']);
  else Object.assign(data, inventDimensions(random));
  if (type === TYPES.assessed) Object.assign(data, inventAssessment(place, random));
  const attributes = { specversion: '1.0', id: newId(random), source: random.pick(SOURCES) } as const;
  return { ...attributes, type, time: newTime(random), data };
}

const DATES = ['2020-02-29', '2021-02-28', '2019-12-31', '2020-01-01', '2021-06-30', '2021-07-01'];

function inventDimensions(random: Random): Partial<SentData> {
  const theme = chance(random, 97) ? random.pick(THEMES) : 'unknown';
  const day = new Date(Date.UTC(2019, 0, 1) + random.below(4 * 365) * DAY).toISOString().slice(0, 10);
  const dimensions: { [name: string]: string | undefined } = {
    ...{ theme, date: chance(random, 10) ? random.pick(DATES) : day },
    goal: chance(random, 40) ? `${theme}${random.pick(GOALS)}` : undefined,
    workType: perhaps(WORK_TYPES, random),
    targetGroup: perhaps(['adults', 'youth'], random),
    supportType: perhaps(['licht', 'zwaar'], random),
    team: perhaps(['noord', 'zuid'], random),
    area: perhaps(['WK000101', 'BU00020304'], random),
    wellbeing: perhaps(['participation', 'meaningfulness'], random),
  };
  return Object.fromEntries(Object.entries(dimensions).filter(([, value]) => value !== undefined));
}

function inventAssessment({ method }: Place, random: Random): Partial<SentData> {
  const lines = Array.from({ length: 1 + random.below(4) }, () => inventLine(method, random));
  return {
    avoided: lines,
    ...(chance(random, 70) && { similarCases: random.pick([1, 2, 12, 1_000]) }),
    ...(chance(random, 50) && { cost: money(BigInt(random.below(500_000))) }),
  };
}

function inventLine(method: Place['method'], random: Random): SentLine {
  const level = () => random.pick(['certain', 'probable', 'possible', random.below(101)] as const);
  const isGiven = () => chance(random, method === 'sroi' ? 50 : 99);
  const isYearly = chance(random, 40);
  return {
    ...(chance(random, 60) ? inventService(random) : inventAmount(random)),
    ...(isGiven() && { likelihood: level() }),
    ...(isGiven() && { contribution: level() }),
    ...(chance(random, 30) && { deadweight: random.below(101), displacement: random.below(40) }),
    ...(chance(random, 30) && { effect: random.pick(['minder-zorg', 'school']) }),
    ...(chance(random, 20) && { cashable: random.pick(['cash', 'none'] as const) }),
    ...(isYearly && { recurrence: 'yearly', dropOff: random.pick([0, 0, 10, 33, 100]) }),
    ...(isYearly && chance(random, 40) && { years: 1 + random.below(6) }),
  };
}

function inventService(random: Random): SentLine {
  return {
    service: chance(random, 98) ? random.pick(SERVICES) : 'unknown',
    ...(chance(random, 80) && { quantity: random.pick(['26', '0.5', '1.3333', 7, 2.25]) }),
    ...(chance(random, 20) && { costBearer: random.pick(BEARERS) }),
  };
}

function inventAmount(random: Random): SentLine {
  const amount = random.pick([money(BigInt(random.below(10_000_000))), '0.01', '0.00', 1250, 99.5]);
  return { amount, costBearer: chance(random, 97) ? random.pick(BEARERS) : 'unknown' };
}
