/**
 * Makes events.json: a RECONSTRUCTION of the study's sample, because the real cases are not public.
 *
 * Method. Each goal gets its published number of cases, with invented multipliers that add up to its
 * published cases per year. Each case then gets places for one to four lines, drawn from what may occur in
 * its theme (line-kinds.ts). Last, each cost bearer's euros are poured over its places, one-off and yearly
 * apart, from large multipliers to small: services in whole quantities, stated amounts in steps of 25 euro.
 * The last two places of each pour are cases with multiplier 1, whose amounts take up what is left, to the
 * micro-euro.
 *
 * The targets. A cost bearer gets its published euros less 25 cents, which still rounds to the published
 * figure. Twelve times 25 cents are the 3 euros by which the two published tables differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { divideRounded, scaled, yearValues } from '../auditor.ts';
import { money, oneLineEach, type Random, seededRandom } from '../random.ts';
import type { Line, PriceList, Programme, ScenarioEvent } from '../scenario.ts';
import { drawCases, type Goal, type SampledCase } from './cases.ts';
import { type LineKind, lineKinds, yearlyEuros } from './line-kinds.ts';

interface Source {
  municipality: string;
  organisation: string;
  year: number;
  goals: Goal[];
  costBearers: { costBearer: string; euros: number }[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;
const source = read<Source>('source.json');
const settings = {
  programme: read<Programme>('programme.json'),
  priceList: read<PriceList>('price-list.json'),
};

const seed = 2021n;
/**
 * The lower, the more a case's savings grow with its multiplier; puts the sample's own savings at 2.54
 * million.
 */
const evenness = 45;

const levels = ['certain', 'certain', 'probable', 'probable', 'possible'] as const;
const lineCounts = [1, 2, 2, 2, 3, 3, 4] as const;

type Case = SampledCase & { lines: Line[]; kinds: LineKind[] };

const firstYear = (line: Line, { data }: Case): bigint => yearValues(line, settings, data.date)[0] ?? 0n;

/**
 * Gives each kind two closing places in cases with multiplier 1, and each case its one to four kinds of line.
 */
function drawKinds(cases: readonly Case[], random: Random): void {
  const fits = (kind: LineKind, { data, kinds }: Case): boolean =>
    kind.themes.includes(data.theme) && !kinds.includes(kind) && kinds.length < 4;
  for (const kind of lineKinds) {
    for (let place = 0; place < 2; place += 1) {
      const open = cases.filter((one) => one.size === 1 && one.kinds.length < 2 && fits(kind, one));
      random.pick(open).kinds.push(kind);
    }
  }
  for (const one of cases) {
    const count = random.pick(lineCounts);
    while (one.kinds.length < count) {
      const open = lineKinds.filter((kind) => fits(kind, one));
      one.kinds.push(random.pick(open.flatMap((kind) => Array.from({ length: kind.share }, () => kind))));
    }
  }
}

/** A line worth about that many micro-euros in its first year: a service where a whole quantity fits. */
function lineWorth(micro: bigint, kind: LineKind, random: Random): Line {
  const likelihood = random.pick(levels);
  const contribution = random.pick(levels);
  const { recurrence, effect, costBearer } = kind;
  const tail = { likelihood, contribution, recurrence, effect };
  if (kind.services?.length) {
    const [service, most] = random.pick(kind.services);
    const one = yearValues({ service, ...tail }, settings, `${source.year}-01-01`)[0] ?? 0n;
    const quantity = divideRounded(micro, one);
    if (quantity >= 1n && quantity <= BigInt(most))
      return { service, quantity: quantity.toString(), ...tail };
  }
  const euro = yearValues({ amount: '1', costBearer, ...tail }, settings, `${source.year}-01-01`)[0] ?? 0n;
  const steps = divideRounded(micro, 25n * euro) || 1n;
  return { amount: money(steps * 2500n), costBearer, ...tail };
}

/** Two stated amounts that together are worth exactly that many micro-euros; the second is certain. */
function closingLines(micro: bigint, kind: LineKind, last: Case): [Line, Line] {
  const { recurrence, effect, costBearer } = kind;
  const stated = (cents: bigint, level: string): Line => ({
    amount: money(cents),
    costBearer,
    likelihood: level,
    contribution: level,
    recurrence,
    effect,
  });
  // Possible × possible is 12.25 % of an amount: a cent more is 1,225 micro-euros more, so that within 400
  // steps whole cents are left over for the certain line.
  const about = micro / (2n * 1225n);
  for (let cents = about; cents < about + 400n; cents += 1n) {
    const possible = stated(cents, 'possible');
    const rest = micro - firstYear(possible, last);
    if (rest > 0n && rest % 10_000n === 0n) return [possible, stated(rest / 10_000n, 'certain')];
  }
  throw new Error(`${costBearer} ${recurrence} cannot be closed with ${micro} micro-euros; try another seed`);
}

/** Spreads a kind's micro-euros (times multiplier, first year) over its cases, exactly. */
function pour(micro: bigint, kind: LineKind, cases: readonly Case[], random: Random): void {
  const places = cases
    .filter(({ kinds }) => kinds.includes(kind))
    .sort((a, b) => b.size - a.size)
    .map((one) => ({ one, share: BigInt((50 + random.below(100)) * (evenness + one.size)) }));
  const [nextToLast, last] = places.slice(-2).map(({ one }) => one);
  if (nextToLast?.size !== 1 || last?.size !== 1) throw new Error('the closing cases need multiplier 1');
  let left = micro;
  let shares = places.reduce((sum, { one, share }) => sum + share * BigInt(one.size), 0n);
  for (const { one, share } of places.slice(0, -2)) {
    const line = lineWorth((left * share) / shares, kind, random);
    one.lines.push(line);
    left -= firstYear(line, one) * BigInt(one.size);
    shares -= share * BigInt(one.size);
  }
  const [possible, certain] = closingLines(left, kind, last);
  nextToLast.lines.push(possible);
  last.lines.push(certain);
}

function eventOf({ data, size, time, lines }: Case, index: number): ScenarioEvent {
  const number = String(index + 1).padStart(4, '0');
  const { municipality, organisation, year } = source;
  return {
    specversion: '1.0',
    id: `hlm-${year}-${number}`,
    source: 'urn:nld:kvknr:41224547:systeem:registratie',
    type: 'nl.effectstroom.case.assessed',
    time,
    data: {
      municipality,
      organisation,
      programme: 'main',
      caseId: `hlm-${number}`,
      revision: 1,
      ...data,
      similarCases: size,
      avoided: lines,
    },
  };
}

/** The text of events.json; the same at every run. */
export function generate(): string {
  const random = seededRandom(seed);
  const cases = drawCases(source.goals, source.year, random).map(
    (one): Case => ({ ...one, lines: [], kinds: [] }),
  );
  drawKinds(cases, random);
  for (const { costBearer, euros } of source.costBearers) {
    const yearly = (yearlyEuros[costBearer] ?? 0n) * 1_000_000n;
    const oneOff = scaled(euros, 6) - 250_000n - yearly;
    for (const kind of lineKinds.filter((one) => one.costBearer === costBearer)) {
      pour(kind.recurrence === 'yearly' ? yearly : oneOff, kind, cases, random);
    }
  }
  return oneLineEach(cases.map(eventOf));
}

if (import.meta.main) writeFileSync(new URL('events.json', import.meta.url), generate());
