/**
 * What is sent: made-up cases of the programme of the Haarlemmermeer scenario, the same for the same seed.
 */
import type { PriceList, Programme } from '@effectstroom/contracts';
import { checkPriceList, checkProgramme } from '@effectstroom/contracts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';

const MUNICIPALITY = 'GM0394';
const PROGRAMME = 'main';
/** One has all cases; or each has some, and who handles one event at a time seldom waits for others. */
export const ORGANISATIONS = Array.from({ length: 16 }, (_, place) => `meerwaarde-${place + 1}`);

const { programme: sentProgramme, priceList: sentPriceList } = loadScenario('haarlemmermeer-2021');

/** Bodies of the requests that put the settings in place, by path. */
export const settingsBodies: readonly (readonly [path: string, body: string])[] = [
  [`/v1/price-lists/${sentPriceList?.code}`, JSON.stringify(sentPriceList)],
  ...ORGANISATIONS.map(
    (organisation) =>
      [`/v1/programmes/${MUNICIPALITY}/${organisation}/${PROGRAMME}`, JSON.stringify(sentProgramme)] as const,
  ),
];

/** The settings as the calculator gets them; those of the organisations are alike. */
export function checkedSettings(): { programme: Programme; priceList: PriceList } {
  const [organisation = ''] = ORGANISATIONS;
  const address = { municipality: MUNICIPALITY, organisation, programme: PROGRAMME };
  const { settings: programme } = checkProgramme(address, sentProgramme);
  const { settings: priceList } = checkPriceList(sentPriceList?.code ?? '', sentPriceList);
  if (programme === undefined || priceList === undefined)
    throw new Error('The settings of the scenario fail');
  return { programme, priceList };
}

const { programme, priceList } = checkedSettings();
const goals = programme.themes.flatMap(({ code, goals }) => goals.map((goal) => [code, goal.code] as const));
const services = priceList.editions[0]?.items.map(({ service }) => service) ?? [];
const bearers = programme.costBearers.map(({ code }) => code);
const levels = ['certain', 'probable', 'possible'] as const;
const wellbeing = ['participation', 'meaningfulness', 'daily-functioning'] as const;
const MONTHS = 12;
const teams = ['noord', 'oost', 'zuid', 'west'] as const;

/** Totals of cases that the events of one organisation come to in the end: of each goal and month. */
export const CASE_TOTALS = goals.length * MONTHS;

/**
 * Assessed cases with two avoided lines, about 700 bytes each as sent and 900 as kept; every event is the
 * first of a case of its own, and `c-<place>` names the case, counted from 0.
 * @param organisations at most as many as there are {@link ORGANISATIONS}
 */
export function* sentEvents(seed: number, count: number, organisations = 1) {
  const own = ORGANISATIONS.slice(0, organisations);
  const random = seededRandom(BigInt(seed));
  for (let place = 0; place < count; place++) yield sentEvent(random, place, own);
}

function sentEvent(random: Random, place: number, organisations: readonly string[]) {
  const [theme, goal] = random.pick(goals);
  const month = String(1 + random.below(MONTHS)).padStart(2, '0');
  const day = String(1 + random.below(28)).padStart(2, '0');
  return {
    specversion: '1.0',
    id: identifier(random),
    source: 'urn:nld:kvknr:41224547:systeem:registratie',
    type: 'nl.effectstroom.case.assessed',
    time: `2022-01-03T09:12:${String(random.below(60)).padStart(2, '0')}Z`,
    data: {
      municipality: MUNICIPALITY,
      organisation: random.pick(organisations),
      caseId: `c-${place}`,
      revision: 1,
      date: `2021-${month}-${day}`,
      theme,
      goal,
      targetGroup: 'volwassenen',
      wellbeing: random.pick(wellbeing),
      team: random.pick(teams),
      similarCases: 1 + random.below(20),
      cost: '120.00',
      avoided: [
        { service: random.pick(services), quantity: String(1 + random.below(40)), ...shares(random) },
        { amount: `${random.below(5000)}.50`, costBearer: random.pick(bearers), ...shares(random) },
      ],
    },
  };
}

function shares(random: Random) {
  const recurrence = random.below(4) === 0 ? 'yearly' : 'one-off';
  return { likelihood: random.pick(levels), contribution: random.pick(levels), recurrence };
}

/**
 * As a random UUID, with a letter inside the last group: nine digits in a row could be a citizen service
 * number.
 */
function identifier(random: Random): string {
  const hex = (digits: number) =>
    random
      .below(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(6)}${hex(2)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(5)}e${hex(6)}`;
}
