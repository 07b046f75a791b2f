/**
 * The contract's arithmetic, written afresh from its text to check the product with: nothing of the product
 * is imported here. Every amount it returns is a bigint in units of 10^-10 euro: a whole micro-euro (10^-6)
 * times a correction factor in ten-thousandths. So the one rounding per line and year is the only one.
 */

import type { CaseData, Line, Programme, Scale, ScenarioEvent, Settings } from './scenario.ts';

export interface Amounts {
  oneOff: bigint;
  yearlyFirstYear: bigint;
  /** Element k−1 is year k; as long as the longest line asks for. */
  followingYears: bigint[];
  total: bigint;
}

/** The figures of one group of lines, named as in the answer of `/v1/savings`; unit 10^-10 euro. */
export interface Figures {
  cases: { assessed: number; represented: number };
  gross: Amounts;
  corrected: Amounts;
  counted: { gross: bigint; corrected: bigint };
  municipal: { gross: bigint; corrected: bigint };
  cost: bigint;
}

/** A line with its cost bearer filled in from the price list, as a grouping sees it. */
export type ValuedLine = Line & { costBearer: string; recurrence: 'one-off' | 'yearly' };

/** Divides two non-negative bigints and rounds half away from zero to a whole number. */
export const divideRounded = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);

/** Rounds an amount in 10^-10 euro half away from zero and writes it with that many decimals (0 to 10). */
export function euros(amount: bigint, decimals: number): string {
  const rounded = divideRounded(amount, 10n ** BigInt(10 - decimals)).toString();
  if (decimals === 0) return rounded;
  const digits = rounded.padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Reads a non-negative decimal ("64.00", 0.5) as a bigint with that many decimals; refuses what does not fit.
 */
export function scaled(decimal: string | number, decimals: number): bigint {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(String(decimal));
  const fraction = parts?.[2] ?? '';
  if (!parts || fraction.length > decimals)
    throw new Error(`not a decimal with ${decimals} places: ${decimal}`);
  return BigInt(`${parts[1]}${fraction.padEnd(decimals, '0')}`);
}

/** The entry in force on a date: the latest `from` on or before it. */
function inForce<T extends { from: string }>(entries: readonly T[], date: string): T | undefined {
  return entries
    .filter((entry) => entry.from <= date)
    .reduce<T | undefined>((best, entry) => (best && best.from > entry.from ? best : entry), undefined);
}

/** The number, or the dated entry's number in force; 2 where nothing is set. */
function followingYearsOn(programme: Programme, date: string): number {
  const setting = programme.followingYears ?? 2;
  return typeof setting === 'number' ? setting : (inForce(setting, date)?.years ?? 2);
}

/** A level or percentage as a percentage, by the scale in force on the date; 100 where SROI omits it. */
function percentOf(level: string | number | undefined, programme: Programme, date: string): bigint {
  if (level === undefined && programme.method === 'sroi') return 100n;
  if (typeof level === 'number') return BigInt(level);
  const setting = programme.scale ?? { certain: 100, probable: 70, possible: 35 };
  const scale = Array.isArray(setting) ? inForce(setting, date) : setting;
  const percent = scale?.[level as keyof Scale];
  if (percent === undefined) throw new Error(`no percentage for level ${level}`);
  return BigInt(percent);
}

/** Correction factor in ten-thousandths: one for the theme beats a general one, then the latest `from`. */
function factorOn(programme: Programme, date: string, theme: string): bigint {
  const all = programme.correctionFactors ?? [];
  const startedFor = (wanted?: string) => {
    const named = all.filter((entry) => entry.theme === wanted);
    return inForce(named, date);
  };
  const found = startedFor(theme) ?? startedFor();
  if (found) return scaled(found.factor, 4);
  if (programme.method === 'sroi') return 10_000n;
  throw new Error(`no correction factor on ${date}`);
}

/** The price in cents and the cost bearer of a line: its own amount, or the list's edition on the date. */
function priced(line: Line, settings: Settings, date: string): { cents: bigint; costBearer: string } {
  if (line.service === undefined) {
    if (line.costBearer === undefined) throw new Error('an amount needs a costBearer');
    return { cents: scaled(line.amount ?? '', 2), costBearer: line.costBearer };
  }
  const edition = inForce(settings.priceList?.editions ?? [], date);
  const item = edition?.items.find(({ service }) => service === line.service);
  if (!item) throw new Error(`no price for ${line.service} on ${date}`);
  return { cents: scaled(item.price, 2), costBearer: line.costBearer ?? item.costBearer };
}

/** A percentage one step of the scale lower or higher. */
function stepped(percent: bigint, side: Side, programme: Programme, date: string): bigint {
  if (side === 'mid') return percent;
  const setting = programme.scale ?? { certain: 100, probable: 70, possible: 35 };
  const scale = Array.isArray(setting) ? inForce(setting, date) : setting;
  const levels = scale === undefined ? [] : [scale.certain, scale.probable, scale.possible].map(BigInt);
  const beyond = levels.filter((level) => (side === 'low' ? level < percent : level > percent));
  beyond.sort((one, other) => Number(one - other));
  return (side === 'low' ? beyond.at(-1) : beyond[0]) ?? (side === 'low' ? 0n : 100n);
}

/** As assessed, or with likelihood, contribution and price all a step lower or higher. */
export type Side = 'low' | 'mid' | 'high';

/**
 * The value of a line for each counted year, in whole micro-euros:
 * C × quantity × A × B × (1 − deadweight) × (1 − displacement) × (1 − dropOff)^k ÷ (1 + discount)^k, rounded once.
 */
export function yearValues(line: Line, settings: Settings, date: string, side: Side = 'mid'): bigint[] {
  const { programme } = settings;
  const { discountRate, priceUncertainty = 10 } = programme;
  const pricePercent = { low: 100 - priceUncertainty, mid: 100, high: 100 + priceUncertainty }[side];
  const percentages = [
    BigInt(pricePercent),
    stepped(percentOf(line.likelihood, programme, date), side, programme, date),
    stepped(percentOf(line.contribution, programme, date), side, programme, date),
    BigInt(100 - (line.deadweight ?? 0)),
    BigInt(100 - (line.displacement ?? 0)),
  ];
  const first = percentages.reduce(
    (product, percent) => product * percent,
    priced(line, settings, date).cents * scaled(line.quantity ?? '1', 4),
  );
  const yearly = line.recurrence === 'yearly';
  const years = yearly ? (line.years ?? 1 + followingYearsOn(programme, date)) : 1;
  // A percent of 2.25 is 225 of 10,000.
  const rate = scaled(discountRate?.percent ?? '0', 2);
  const discounted = discountRate?.yearZero === 'discounted' ? 1 : 0;
  // Cents (10^2) × quantity (10^4) × five percentages (10^10) is 10^16 per euro, so 10^10 per micro-euro.
  return Array.from({ length: years }, (_, k) => {
    const turns = BigInt(k + discounted);
    return divideRounded(
      first * BigInt(100 - (line.dropOff ?? 0)) ** BigInt(k) * 10_000n ** turns,
      10n ** 10n * 100n ** BigInt(k) * (10_000n + rate) ** turns,
    );
  });
}

const noAmounts = (): Amounts => ({ oneOff: 0n, yearlyFirstYear: 0n, followingYears: [], total: 0n });

const noFigures = (): Figures => ({
  cases: { assessed: 0, represented: 0 },
  gross: noAmounts(),
  corrected: noAmounts(),
  counted: { gross: 0n, corrected: 0n },
  municipal: { gross: 0n, corrected: 0n },
  cost: 0n,
});

function addYears(amounts: Amounts, values: readonly bigint[], yearly: boolean): void {
  values.forEach((value, k) => {
    amounts.total += value;
    if (!yearly) amounts.oneOff += value;
    else if (k === 0) amounts.yearlyFirstYear += value;
    else amounts.followingYears[k - 1] = (amounts.followingYears[k - 1] ?? 0n) + value;
  });
}

/**
 * Adds up assessed events, one per case and each the one that counts, in the cohort view. Other types are
 * left out. A case counts once in each group in which it has a line, with its whole cost.
 * @param groupOf names the group of a line; without it everything is in the group ''
 */
export function audit(
  events: readonly ScenarioEvent[],
  settings: Settings,
  groupOf: (data: CaseData, line: ValuedLine) => string = () => '',
): Map<string, Figures> {
  const groups = new Map<string, Figures>();
  const municipal = new Set(
    settings.programme.costBearers.filter((bearer) => bearer.municipal).map(({ code }) => code),
  );
  for (const { data, type } of events) {
    if (type !== 'nl.effectstroom.case.assessed') continue;
    const factor = factorOn(settings.programme, data.date, data.theme);
    const similar = BigInt(data.similarCases ?? 1);
    const seen = new Set<string>();
    for (const line of data.avoided ?? []) {
      const { costBearer } = priced(line, settings, data.date);
      const yearly = line.recurrence === 'yearly';
      const group = groupOf(data, { ...line, costBearer, recurrence: yearly ? 'yearly' : 'one-off' });
      const figures = groups.get(group) ?? noFigures();
      groups.set(group, figures);
      if (!seen.has(group)) {
        figures.cases.assessed += 1;
        figures.cases.represented += Number(similar);
        figures.cost += scaled(data.cost ?? '0', 2) * similar * 10n ** 8n;
      }
      seen.add(group);
      const values = yearValues(line, settings, data.date);
      for (const [basis, weight] of [['gross', 10_000n] as const, ['corrected', factor] as const]) {
        const once = values.map((value) => value * weight);
        const all = once.map((value) => value * similar);
        addYears(figures[basis], all, yearly);
        figures.counted[basis] += once.reduce((sum, value) => sum + value, 0n);
        if (municipal.has(costBearer))
          figures.municipal[basis] += all.reduce((sum, value) => sum + value, 0n);
      }
    }
  }
  return groups;
}
