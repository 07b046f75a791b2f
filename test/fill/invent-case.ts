/** Invented cases: each the same whenever it is asked for, so that none need be kept. */
import { createHash } from 'node:crypto';
import { type AssessedData, type AvoidedLine, CASE_TYPES, type CaseEvent } from '@effectstroom/contracts';
import { GOALS_PER_THEME, type Place, WORK_TYPES, type World } from './invent-world.ts';
import { QuickRandom } from './quick-random.ts';

/** What becomes of a case: the event after its first, if any. */
type Later = 'none' | 'assessment' | 'correction' | 'withdrawal';

/**
 * Shares of the cases, in hundredths: first those registered for good, last those assessed once and for
 * all.
 */
const REGISTERED = 8;
const ASSESSED_LATER = 12;
const CORRECTED = 10;
const WITHDRAWN = 2;

const AREAS = 5;
const LAG_DAYS = 14;
const DAY_MS = 86_400_000;
const LEVELS = ['certain', 'probable', 'possible'] as const;
const TARGET_GROUPS = ['jeugd', 'volwassenen', 'ouderen'] as const;
const WELLBEING = ['participation', 'mental-wellbeing', 'meaningfulness', 'daily-functioning'] as const;
const EFFECTS = ['prevented-heavier-care', 'prevented-escalation'] as const;
const OUTCOMES = ['stayed-away', 'stayed-away', 'partly', 'used-anyway'] as const;
/** Of each theme: the services of the price list that it prevents. */
const SERVICES = [
  ['huishoudelijke-hulp', 'dagactiviteit-ouderen', 'huisarts-consult'],
  ['huisarts-consult', 'poh-ggz', 'persoonlijke-verzorging', 'ziekenhuisdag'],
  ['begeleiding-individueel', 'ggz-basis', 'ggz-gespecialiseerd', 'spoedeisende-hulp'],
  ['voortgezet-onderwijs', 'vernieling', 'begeleiding-individueel'],
  ['huishoudelijke-hulp', 'verstoring-openbare-orde', 'poh-ggz'],
] as const;
const AMOUNT_BEARERS = ['gemeente-zorg-ondersteuning', 'zorgverzekeraar', 'politie-justitie'] as const;

export interface CaseInventorOptions {
  world: World;
  /** Only cases of these organisations. */
  own: ReadonlySet<string>;
  cases: number;
  seed: number;
  /** No case lies before it, 'YYYY-MM-DD'. */
  firstDay: string;
}

/** A case as far as it is drawn before its events. */
interface Drawn {
  place: Place;
  caseId: string;
  later: Later;
  assessedFirst: boolean;
  /** Of the event that knows most. */
  data: AssessedData;
}

export class CaseInventor {
  readonly #options: CaseInventorOptions;
  readonly #random: QuickRandom;
  readonly #firstDayMs: number;

  constructor(options: CaseInventorOptions) {
    this.#options = options;
    this.#random = new QuickRandom(options.seed);
    this.#firstDayMs = Date.parse(options.firstDay);
  }

  /** The first event of a case, logged at a moment (ms); undefined where the case is another's. */
  first(index: number, loggedMs: number): { event: CaseEvent; hasLater: boolean } | undefined {
    const drawn = this.#draw(index, loggedMs);
    if (drawn === undefined) return undefined;
    const { assessedFirst, data, later, place } = drawn;
    const attributes = attributesOf(place, index, 0, loggedMs);
    const hasLater = later !== 'none';
    if (assessedFirst) {
      const { specversion, id, source, time } = attributes;
      return { event: { specversion, id, source, type: CASE_TYPES.assessed, time, data }, hasLater };
    }
    const { similarCases: _, cost: __, avoided: ___, ...registered } = data;
    const { specversion, id, source, time } = attributes;
    return {
      event: { specversion, id, source, type: CASE_TYPES.registered, time, data: registered },
      hasLater,
    };
  }

  /** The event after it, where there is one. @param firstMs when the first was logged */
  later(index: number, firstMs: number, loggedMs: number): CaseEvent | undefined {
    const drawn = this.#draw(index, firstMs);
    if (drawn === undefined || drawn.later === 'none') return undefined;
    const { later, data, place } = drawn;
    const { specversion, id, source, time } = attributesOf(place, index, 1, loggedMs);
    if (later === 'withdrawal') {
      const { municipality, organisation, programme, caseId } = data;
      const reason = this.#random.below(4) === 0 ? 'consent' : 'error';
      const withdrawn = { municipality, organisation, programme, caseId, revision: 2, reason } as const;
      return { specversion, id, source, type: CASE_TYPES.withdrawn, time, data: withdrawn };
    }
    const now = { ...data, revision: 2 };
    if (later === 'correction') now.avoided = this.#correct(data.avoided);
    return { specversion, id, source, type: CASE_TYPES.assessed, time, data: now };
  }

  #draw(index: number, loggedMs: number): Drawn | undefined {
    const random = this.#random.at(index);
    const place = this.#placeAt(random.share());
    if (!this.#options.own.has(place.organisation)) return undefined;
    const history = random.below(100);
    const dateMs = Math.max(loggedMs - random.below(LAG_DAYS) * DAY_MS, this.#firstDayMs);
    const theme = random.below(WORK_TYPES.length);
    const area = random.below(AREAS);
    const goal = random.below(GOALS_PER_THEME);
    const caseId = `c-${index.toString(36).padStart(6, '0')}`;
    const { municipality, organisation, programme } = place;
    const date = new Date(dateMs).toISOString().slice(0, 10);
    const data: AssessedData = {
      ...{ municipality, organisation, programme, caseId, revision: 1, date, theme: `${theme + 1}` },
      similarCases: place.isSampled ? 2 + random.below(18) : 1,
      cost: `${100 + random.below(900)}.00`,
      avoided: Array.from({ length: 1 + random.below(3) }, () => this.#line(theme)),
    };
    data.goal = `${theme + 1}.${goal + 1}`;
    data.workType = WORK_TYPES[theme] ?? '';
    data.targetGroup = random.pick(TARGET_GROUPS);
    data.team = `team-${area + 1}`;
    data.area = `WK${municipality.slice(2)}0${area + 1}`;
    data.wellbeing = WELLBEING[(theme + random.below(2)) % WELLBEING.length] ?? 'participation';
    if (random.below(2) === 0) data.residentKey = this.#resident(place);
    if (random.below(10) === 0)
      data.followUp = { date: laterDay(date, 180 + random.below(200)), outcome: random.pick(OUTCOMES) };
    const assessedFirst = history >= REGISTERED + ASSESSED_LATER;
    return { place, caseId, later: laterOf(history), assessedFirst, data };
  }

  #placeAt(share: number): Place {
    const { places, reach } = this.#options.world;
    let low = 0;
    for (let high = places.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((reach[middle] ?? 1) > share) high = middle;
      else low = middle + 1;
    }
    const place = places[low];
    if (place === undefined) throw new Error('There is no place for a case');
    return place;
  }

  #line(theme: number): AvoidedLine {
    const random = this.#random;
    const yearly = random.below(4) === 0;
    const line: AvoidedLine = {
      recurrence: yearly ? 'yearly' : 'one-off',
      deadweight: random.below(8) === 0 ? 10 : 0,
      displacement: 0,
      dropOff: yearly && random.below(4) === 0 ? 20 : 0,
    };
    if (random.below(4) > 0) {
      line.service = random.pick(SERVICES[theme] ?? SERVICES[0]);
      line.quantity = `${1 + random.below(40)}`;
    } else {
      line.amount = `${50 + random.below(5_000)}.${random.below(2)}0`;
      line.costBearer = random.pick(AMOUNT_BEARERS);
    }
    line.likelihood = random.pick(LEVELS);
    line.contribution = random.pick(LEVELS);
    const effect = EFFECTS[random.below(4)];
    if (effect !== undefined) line.effect = effect;
    if (random.below(6) === 0) line.cashable = 'capacity';
    return line;
  }

  /** Another quantity or another likelihood in the first line. */
  #correct([first, ...rest]: readonly AvoidedLine[]): AvoidedLine[] {
    if (first === undefined) return rest;
    if (first.quantity !== undefined && this.#random.below(2) === 0)
      return [{ ...first, quantity: `${Number(first.quantity) + 1}` }, ...rest];
    return [{ ...first, likelihood: first.likelihood === 'certain' ? 'probable' : 'certain' }, ...rest];
  }

  /** Residents come back: there are as many as there are cases with one. */
  #resident({ municipality, share }: Place): string {
    const number = this.#random.below(Math.ceil((this.#options.cases * share) / 2));
    return `rk1:${createHash('sha256').update(`${municipality} ${number}`).digest('base64url')}`;
  }
}

function laterOf(history: number): Later {
  if (history < REGISTERED) return 'none';
  if (history < REGISTERED + ASSESSED_LATER) return 'assessment';
  if (history < REGISTERED + ASSESSED_LATER + CORRECTED) return 'correction';
  return history < REGISTERED + ASSESSED_LATER + CORRECTED + WITHDRAWN ? 'withdrawal' : 'none';
}

function laterDay(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Ids grow with time, as UUIDs of version 7 do: keys at random places would cost PostgreSQL more than most
 * sources do.
 */
function attributesOf({ source }: Place, index: number, step: 0 | 1, loggedMs: number) {
  const moment = Math.floor(loggedMs).toString(16).padStart(12, '0');
  const rest = index.toString(16).padStart(8, '0');
  const id = `${moment.slice(0, 8)}-${moment.slice(8)}-7${step}00-a000-e${rest}e00`;
  const time = new Date(loggedMs).toISOString().slice(0, 19);
  return { specversion: '1.0', id, source, time: `${time}Z` } as const;
}
