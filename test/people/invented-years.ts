/** Invented cases of last year and this year so far, drawn with a fixed seed: the same on the same day. */
import { createHash } from 'node:crypto';
import { type SentData, type SentEvent, type SentLine, TYPES } from '../harness/sent.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';
import { PEOPLE_PLACES, type PeoplePlace, THEME_GOALS, workTypeOf } from './invented-places.ts';

const DAY_MS = 86_400_000;
const SEED = 20_261n;
const RECENT_DAYS = 28;
const FOLLOW_UP_AFTER_DAYS = 180;
const LEVELS = ['certain', 'probable', 'probable', 'possible'] as const;
const WELLBEING = ['participation', 'mental-wellbeing', 'meaningfulness', 'daily-functioning'] as const;
const TARGET_GROUPS = ['jeugd', 'ouders', 'volwassenen', 'ouderen'] as const;
const OUTCOMES = ['stayed-away', 'stayed-away', 'partly', 'used-anyway'] as const;
const EFFECTS = ['prevented-heavier-care', 'prevented-escalations'] as const;
/** Of each theme: the services that it prevents. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  '1': ['huishoudelijke-hulp', 'huisarts-consult', 'verstoring-openbare-orde'],
  '2': ['huisarts-consult', 'persoonlijke-verzorging', 'dagactiviteit-ouderen'],
  '3': ['begeleiding-individueel', 'ggz-basis', 'ggz-gespecialiseerd', 'spoedeisende-hulp'],
  '4': ['voortgezet-onderwijs', 'vernieling', 'begeleiding-individueel'],
  '5': ['poh-ggz', 'huisarts-consult'],
};
const AMOUNT_BEARERS = ['gemeente-jeugd', 'zorgverzekeraar', 'politie-justitie'] as const;

/** The day in Amsterdam of a moment, 'YYYY-MM-DD'. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(moment);
}

/** All events of all places, in the order in which they were logged. @param now no event is later */
export function inventYears(now: Date): SentEvent[] {
  const random = seededRandom(SEED);
  const events = PEOPLE_PLACES.flatMap((place) => {
    const days = workingDays(dayOf(now));
    return Array.from({ length: place.cases }, (_, number) => inventCase(place, number, days, now, random));
  }).flat();
  events.push(...PEOPLE_PLACES.flatMap((place) => certainCases(place, now, random)));
  return events.sort((one, other) => (one.time < other.time ? -1 : 1));
}

/** An assessed case of today and one of the same day last year: no year of any place is ever empty. */
function certainCases(place: PeoplePlace, now: Date, random: Random): SentEvent[] {
  const today = dayOf(now);
  const before = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace(/02-29$/, '02-28');
  return [today, before].map((date, index) => {
    const data = inventData(place, place.cases + index, date, now, random);
    return {
      ...{ specversion: '1.0', id: `${data.caseId}-1`, source: place.source, type: TYPES.assessed },
      ...{ time: loggedOn(Date.parse(date), now, random), data },
    };
  });
}

/** Working days from 1 January of last year to today, both inclusive; today counts whatever day it is. */
function workingDays(today: string): string[] {
  const start = Date.parse(`${Number(today.slice(0, 4)) - 1}-01-01`);
  const end = Date.parse(today);
  const days: string[] = [];
  for (let day = start; day <= end; day += DAY_MS) {
    const isWeekend = new Date(day).getUTCDay() % 6 === 0;
    if (!isWeekend || day === end) days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

/** The events of a case: registered and assessed, at once or one after the other; some are not yet assessed. */
function inventCase(
  place: PeoplePlace,
  number: number,
  days: readonly string[],
  now: Date,
  random: Random,
): SentEvent[] {
  const data = inventData(place, number, random.pick(days), now, random);
  const ageDays = (now.getTime() - Date.parse(data.date)) / DAY_MS;
  const { similarCases: _, cost: __, avoided: ___, ...known } = data;
  const history = random.below(100);
  const event = (type: SentEvent['type'], revision: number, days: number, said: SentData): SentEvent => ({
    ...{ specversion: '1.0', id: `${data.caseId}-${revision}`, source: place.source, type },
    time: loggedOn(Date.parse(data.date) + days * DAY_MS, now, random),
    data: { ...said, revision },
  });
  if (history < (ageDays < RECENT_DAYS ? 45 : 6)) return [event(TYPES.registered, 1, 0, known)];
  if (history < 18)
    return [event(TYPES.registered, 1, 0, known), event(TYPES.assessed, 2, random.below(30), data)];
  const assessed = event(TYPES.assessed, 1, random.below(10), data);
  if (history > 1 && history < 98) return [assessed];
  const { municipality, organisation, programme, caseId } = data;
  const gone: SentData = { municipality, organisation, programme, caseId, revision: 2, reason: 'error' };
  return [assessed, event(TYPES.withdrawn, 2, 20, gone)];
}

function inventData(
  place: PeoplePlace,
  number: number,
  date: string,
  now: Date,
  random: Random,
): SentData & { date: string; programme: string } {
  const { municipality, organisation, programme, isSampled } = place;
  const isSroi = programme === 'gezinswerk';
  const theme = inventTheme(place, number, random);
  const team = 1 + random.below(4);
  const followUp = new Date(Date.parse(date) + (FOLLOW_UP_AFTER_DAYS + random.below(60)) * DAY_MS);
  return {
    ...{ municipality, organisation, programme, revision: 1, date, theme },
    caseId: `${organisation.slice(0, 2)}${municipality.slice(4)}-${String(number).padStart(5, '0')}`,
    goal: `${theme}.${1 + random.below(THEME_GOALS.get(theme) ?? 1)}`,
    workType: workTypeOf(theme),
    targetGroup: random.pick(TARGET_GROUPS),
    ...(isSroi && { supportType: random.pick(['licht', 'middel', 'zwaar']) }),
    wellbeing: random.pick(WELLBEING),
    area: `WK${municipality.slice(2)}0${team}`,
    team: `team-${team}`,
    ...(random.below(3) === 0 && { residentKey: inventResident(municipality, random) }),
    ...(random.below(8) === 0 &&
      followUp < now && {
        followUp: { date: followUp.toISOString().slice(0, 10), outcome: random.pick(OUTCOMES) },
      }),
    similarCases: isSampled ? 2 + random.below(9) : 1,
    ...((isSroi || random.below(4) === 0) && { cost: `${250 + random.below(900)}.00` }),
    avoided: Array.from({ length: 1 + random.below(3) }, () => inventLine(theme, isSroi, random)),
  };
}

/** The smallest theme of a place gets only every fiftieth case, and stays small. */
function inventTheme({ budgets }: PeoplePlace, number: number, random: Random): string {
  if ('5' in budgets && number % 50 === 0) return '5';
  const usual = Object.keys(budgets).filter((theme) => theme !== '5');
  return random.pick(usual.length === 0 ? ['3', '4'] : usual);
}

function inventLine(theme: string, isSroi: boolean, random: Random): SentLine {
  const isYearly = random.below(4) === 0;
  const shares: Partial<SentLine> = isSroi
    ? {
        ...{ likelihood: 40 + random.below(50), contribution: 50 + random.below(40) },
        ...{ deadweight: random.below(3) * 10, displacement: random.below(2) * 5 },
      }
    : { likelihood: random.pick(LEVELS), contribution: random.pick(LEVELS) };
  const isPriced = random.below(4) > 0;
  const service = random.pick(SERVICES[theme] ?? []);
  const isDear = ['voortgezet-onderwijs', 'vernieling', 'verstoring-openbare-orde'].includes(service);
  return {
    ...(isPriced
      ? { service, quantity: `${1 + random.below(isDear ? 1 : 20)}` }
      : { amount: `${100 + random.below(3_000)}.50`, costBearer: random.pick(AMOUNT_BEARERS) }),
    ...shares,
    recurrence: isYearly ? 'yearly' : 'one-off',
    ...(isYearly && random.below(3) === 0 && { dropOff: 20, years: 3 }),
    ...(random.below(2) === 0 && { effect: random.pick(EFFECTS) }),
    ...(random.below(5) === 0 && { cashable: random.pick(['cash', 'capacity', 'none'] as const) }),
  };
}

/** Residents come back, also to another organisation of the municipality. */
function inventResident(municipality: string, random: Random): string {
  return createHash('sha256')
    .update(`${municipality} ${random.below(900)}`)
    .digest('base64url');
}

/** A moment in office hours of a day (ms), never later than now. */
function loggedOn(day: number, now: Date, random: Random): string {
  const at = day + (8 * 3600 + random.below(8 * 3600)) * 1000;
  return new Date(Math.min(at, now.getTime())).toISOString().replace(/\.\d+Z$/, 'Z');
}
