/** Programmes and price lists of a made-up country, and their changes. */
import type { SentPriceList, SentProgramme } from '../harness/sent.ts';
import { money, type Random } from '../scenarios/random.ts';

export interface Place {
  municipality: string;
  organisation: string;
  programme: string;
  method: 'preventiecalculator' | 'sroi';
}

/** One organisation works for two municipalities, another in two ways. */
export const PLACES: readonly Place[] = [
  { municipality: 'GM0001', organisation: 'noorderlicht', programme: 'main', method: 'preventiecalculator' },
  { municipality: 'GM0002', organisation: 'noorderlicht', programme: 'main', method: 'preventiecalculator' },
  { municipality: 'GM0002', organisation: 'oosterwind', programme: 'main', method: 'preventiecalculator' },
  { municipality: 'GM0002', organisation: 'oosterwind', programme: 'gezinswerk', method: 'sroi' },
  { municipality: 'GM0003', organisation: 'zuiderzon', programme: 'gezinswerk', method: 'sroi' },
];

export const PRICE_LISTS = ['landelijk', 'regionaal'] as const;
export const THEMES = ['1', '2', '3'] as const;
export const GOALS = ['a', 'b'] as const;
export const WORK_TYPES = ['jongerenwerk', 'opbouwwerk'] as const;
export const BEARERS = ['gemeente-jeugd', 'gemeente-wmo', 'zorgverzekeraar', 'politie'] as const;
export const SERVICES = ['begeleiding', 'huisarts', 'dagbesteding', 'opvang'] as const;

const named = (code: string) => ({ code, name: `Naam van ${code}` });
const chance = (random: Random, percent: number) => random.below(100) < percent;
/** Those of a list that stay; each is left out with this chance. */
const most = <T>(list: readonly T[], random: Random, percent: number) =>
  list.filter(() => !chance(random, percent));

/** A whole programme; each one drawn for a place differs from the one before in some things. */
export function inventProgramme({ method }: Place, random: Random): SentProgramme {
  const themes = most(THEMES, random, 10);
  const workTypes = chance(random, 60) ? most(WORK_TYPES, random, 10) : [];
  return {
    name: random.pick(['Opdracht', 'Opdracht, herzien']),
    method,
    priceList: random.pick(PRICE_LISTS),
    correctionFactors: inventFactors(method, themes, random),
    ...(chance(random, 50) && { scale: inventScale(random) }),
    ...(chance(random, 60) && { followingYears: inventFollowingYears(random) }),
    themes: themes.map((code) => ({
      ...named(code),
      goals: most(GOALS, random, 10).map((goal) => named(`${code}${goal}`)),
    })),
    workTypes: workTypes.map(named),
    costBearers: most(BEARERS, random, 5).map((code) => ({
      ...named(code),
      municipal: code.startsWith('gemeente') !== chance(random, 10),
    })),
    budgets: inventBudgets(themes, random),
  };
}

function inventFactors(method: Place['method'], themes: readonly string[], random: Random) {
  if (method === 'sroi' && chance(random, 70)) return [];
  const factor = () => random.pick(['0.90', '0.85', '1', '0.3333', '0']);
  return [
    { from: random.pick(['2019-01-01', '2019-01-01', '2021-03-01']), factor: factor() },
    ...(chance(random, 50) ? [{ from: '2022-01-01', factor: factor() }] : []),
    ...themes
      .filter(() => chance(random, 20))
      .map((theme) => ({ from: '2021-01-01', factor: factor(), theme })),
  ];
}

function inventScale(random: Random): NonNullable<SentProgramme['scale']> {
  const scale = { certain: 100, probable: random.pick([70, 65, 33]), possible: random.pick([35, 10]) };
  if (chance(random, 50)) return scale;
  return [
    { from: '2018-01-01', ...scale },
    { from: '2022-07-01', ...scale, probable: 71 },
  ];
}

function inventFollowingYears(random: Random): NonNullable<SentProgramme['followingYears']> {
  if (chance(random, 50)) return random.pick([0, 1, 2, 3]);
  return [
    { from: '2018-01-01', years: random.pick([1, 2]) },
    { from: '2022-01-01', years: random.pick([2, 4]) },
  ];
}

function inventBudgets(themes: readonly string[], random: Random) {
  const years = [2020, 2021, 2022].filter(() => chance(random, 60));
  return years.flatMap((year) => [
    { year, amount: money(BigInt(random.below(100_000_000))) },
    ...themes.filter(() => chance(random, 30)).map((theme) => ({ year, amount: '12345.67', theme })),
  ]);
}

/** A price list with other prices; now and then a service or an edition is missing. */
export function inventPriceList(random: Random): SentPriceList {
  const starts = ['2019-01-01', ...(chance(random, 60) ? ['2021-07-01'] : [])];
  return {
    name: random.pick(['Prijslijst', 'Prijslijst, herzien']),
    editions: starts.map((from) => ({
      from,
      items: most(SERVICES, random, 8).map((service) => ({
        ...{ service, name: `Dienst ${service}`, unit: 'uur', costBearer: random.pick(BEARERS) },
        price: money(BigInt(1 + random.below(20_000))),
        ...(chance(random, 30) && { cashable: random.pick(['cash', 'capacity', 'none'] as const) }),
      })),
    })),
  };
}
