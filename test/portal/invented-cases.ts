/** Invented cases with a history, drawn at random but the same on every run. */
import type { PriceList, Programme } from '@effectstroom/contracts';
import type { Random } from '../scenarios/random.ts';

export interface InventedLine {
  costBearer: string;
  municipal: boolean;
  recurrence: 'one-off' | 'yearly';
  effect: string | undefined;
  cashable: string | undefined;
  /** Undefined where the event states the amount; the price is in micro-euros. */
  priced: { service: string; price: bigint } | undefined;
  /** Micro-euros in year 0, 1, … */
  values: bigint[];
  /** The range of these. */
  lows: bigint[];
  highs: bigint[];
}

/** What a case contributes from a moment on. */
export interface InventedContribution {
  municipality: string;
  organisation: string;
  programme: string;
  date: string;
  theme: string;
  goal: string | undefined;
  workType: string | undefined;
  targetGroup: string | undefined;
  supportType: string | undefined;
  team: string | undefined;
  area: string | undefined;
  wellbeing: string | undefined;
  assessed: boolean;
  similarCases: number;
  /** Micro-euros of one case. */
  cost: bigint;
  /** Ten-thousandths. */
  factor: number;
  lines: InventedLine[];
}

export interface InventedCase {
  organisation: string;
  caseId: string;
  /** From each moment (minutes after the first) on, until the next; undefined contributes nothing. */
  history: { minute: number; contribution: InventedContribution | undefined }[];
}

export const ORGANISATIONS = ['noorderlicht', 'oosterwind', 'zuiderzon'] as const;
export const MINUTES = 1000;

/** The moment of a minute, RFC 3339 in UTC. */
export function momentOf(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1) + minute * 60_000).toISOString();
}

export function inventCases(count: number, random: Random): InventedCase[] {
  return Array.from({ length: count }, (_, number) => {
    const organisation = random.pick(ORGANISATIONS);
    const steps = 1 + random.below(3);
    const minutes = Array.from({ length: steps }, () => random.below(MINUTES));
    const distinct = [...new Set(minutes)].sort((one, other) => one - other);
    return {
      organisation,
      caseId: `c-${number}`,
      history: distinct.map((minute, step) => ({
        minute,
        contribution:
          step > 0 && random.below(4) === 0 ? undefined : inventContribution(organisation, random),
      })),
    };
  });
}

/** In an organisation of its own, a case with a long line that was withdrawn, and one with a short line. */
export function inventWithdrawal(random: Random): InventedCase[] {
  const caseWith = (caseId: string, years: number): InventedCase => ({
    ...{ organisation: 'westkant', caseId },
    history: [{ minute: 1, contribution: contributionOf('westkant', years, random) }],
  });
  const withdrawn = caseWith('withdrawn', 40);
  withdrawn.history.push({ minute: 2, contribution: undefined });
  return [withdrawn, caseWith('stays', 2)];
}

function contributionOf(organisation: string, years: number, random: Random): InventedContribution {
  const [line] = inventLines(random);
  const values = new Array<bigint>(years).fill(1_000_000n);
  const long = { recurrence: 'yearly' as const, values, lows: values, highs: values };
  const lines = line === undefined ? [] : [{ ...line, ...long }];
  return { ...inventContribution(organisation, random), date: '2021-03-01', assessed: true, lines };
}

function inventContribution(organisation: string, random: Random): InventedContribution {
  const assessed = random.below(4) > 0;
  const theme = random.pick(['1', '2', '10']);
  return {
    municipality: random.pick(['GM0001', 'GM0002']),
    organisation,
    programme: random.pick(['main', 'main', 'gezinswerk']),
    date: inventDate(random),
    theme,
    goal: sometimes([`${theme}.1`, `${theme}.2`], random),
    workType: sometimes(['jongerenwerk', 'opbouwwerk'], random),
    targetGroup: sometimes(['adults', 'youth'], random),
    supportType: sometimes(['licht', 'zwaar'], random),
    team: sometimes(['noord'], random),
    area: sometimes(['WK039401', 'BU03940102'], random),
    wellbeing: sometimes(['participation', 'meaningfulness'], random),
    assessed,
    similarCases: assessed ? random.pick([1, 1, 2, 12, 100_000]) : 0,
    cost: assessed ? BigInt(random.below(200_000)) * 10_000n : 0n,
    factor: random.pick([9000, 8500, 10_000, 3333]),
    lines: assessed ? inventLines(random) : [],
  };
}

/** One of the list, or none. */
function sometimes<T>(list: readonly T[], random: Random): T | undefined {
  return list[random.below(list.length + 1)];
}

/** Mostly a few years, with the days that calendars trip over; now and then long ago. */
function inventDate(random: Random): string {
  const special = [
    '2020-02-29',
    '2020-02-28',
    '2021-02-28',
    '2019-12-31',
    '2020-01-01',
    '2020-03-01',
    '1984-02-29',
  ];
  if (random.below(8) === 0) return random.pick(special);
  const day = Date.UTC(2019, 9, 1) + random.below(900) * 86_400_000;
  return new Date(day).toISOString().slice(0, 10);
}

function inventLines(random: Random): InventedLine[] {
  return Array.from({ length: 1 + random.below(3) }, () => {
    const costBearer = random.pick(['gemeente-jeugd', 'zorgverzekeraar', 'politie']);
    const recurrence = random.pick(['one-off', 'yearly'] as const);
    // Half a cent, a hair less, and large: roundings must show.
    const first = random.pick([
      5_000n,
      4_999n,
      15_000n,
      0n,
      BigInt(random.below(1e9)),
      BigInt(random.below(1e9)) * 97n,
    ]);
    // A line that brings in nothing is no longer than the settings: the totals do not tell its years.
    const years = recurrence === 'one-off' ? 1 : first === 0n ? 2 : random.pick([3, 3, 3, 1, 2, 5, 40]);
    const values = Array.from({ length: years }, (_, year) => first / BigInt(year + 1));
    const services = [undefined, 'begeleiding', 'opvang', 'vervallen'];
    const service = services[Number(first % 4n)];
    return {
      costBearer,
      municipal: costBearer === 'gemeente-jeugd',
      priced: service === undefined ? undefined : { service, price: 3_330_000n * (1n + (first % 3n)) },
      recurrence,
      effect: sometimes(['school', 'zorg'], random),
      cashable: sometimes(['cash', 'none'], random),
      values,
      lows: values.map((value) => (value * 7n) / 10n),
      highs: values.map((value) => value * 2n + (first % 2n) * 1_000n),
    };
  });
}

/** Programmes of the organisations; `oosterwind` has no budget at all, `zuiderzon` only parts. */
export function inventProgrammes(): Programme[] {
  const budgets: Record<string, Programme['budgets']> = {
    noorderlicht: [
      { year: 2020, amount: '100000.00' },
      { year: 2020, amount: '30000.01', theme: '1' },
      { year: 2021, amount: '333333.33' },
      { year: 2021, amount: '10000.00', theme: '1', workType: 'jongerenwerk' },
      { year: 2021, amount: '20000.00', workType: 'jongerenwerk' },
      { year: 2021, amount: '5000.00', theme: '2' },
    ],
    zuiderzon: [
      { year: 2020, amount: '1000.00', theme: '1' },
      { year: 2020, amount: '500.00', theme: '1', workType: 'opbouwwerk' },
      { year: 2020, amount: '250.00', theme: '2', workType: 'opbouwwerk' },
      { year: 2021, amount: '0.00' },
      { year: 2022, amount: '777.77', workType: 'opbouwwerk' },
    ],
  };
  return ORGANISATIONS.flatMap((organisation) =>
    ['GM0001', 'GM0002'].map((municipality, place) => ({
      municipality,
      organisation,
      programme: 'main',
      name: 'Verzonnen',
      method: 'preventiecalculator' as const,
      scale: [{ from: '0001-01-01', certain: 100, probable: 70, possible: 35 }],
      correctionFactors: [{ from: '2000-01-01', factor: '0.9000' }],
      followingYears: [
        { from: '0001-01-01', years: 1 + place },
        { from: '2021-07-01', years: 3 },
      ],
      themes: [],
      workTypes: [],
      ...(organisation === 'zuiderzon' ? {} : { priceList: 'verzonnen' }),
      costBearers: [],
      budgets: place === 0 ? (budgets[organisation] ?? []) : [],
    })),
  );
}

/** A price list of two editions; it knows not every service, and the first edition fewer. */
export function inventPriceList(): PriceList {
  const item = (service: string, price: string) => ({
    ...{ service, name: service, unit: 'uur', price, costBearer: 'gemeente-jeugd' },
  });
  return {
    code: 'verzonnen',
    name: 'Verzonnen',
    editions: [
      { from: '2020-01-01', items: [item('begeleiding', '3.33')] },
      { from: '2022-01-01', items: [item('begeleiding', '4.01'), item('opvang', '0.07')] },
    ],
  };
}
