/**
 * Makes events.json: a RECONSTRUCTION of the study, because its real cases are not public.
 *
 * Method. A hundred families in the published case mix: a percent is a family. The published costs of a
 * support type are cut over its families to the cent. Its benefits (benefits.ts) are poured over its
 * families, each part apart: lines with drawn likelihood, contribution, deadweight, displacement and
 * drop-off, with amounts in steps of 50 euro. The last line of a part is certain and takes up what is left,
 * to the cent. Families that the study did not analyse are registered without an assessment.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { divideRounded, scaled, yearValues } from '../auditor.ts';
import { loggedAfter, money, oneLineEach, type Random, seededRandom, weekdays } from '../random.ts';
import type { Line, Programme, ScenarioEvent } from '../scenario.ts';
import { type Benefit, benefits } from './benefits.ts';

interface Source {
  municipality: string;
  programme: string;
  caseMixPercent: Record<string, number>;
  notAnalysedPercent: Record<string, number>;
  supportTypes: { supportType: string; targetGroup: string; costEuros: number }[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T;
const source = read<Source>('source.json');
const settings = { programme: read<Programme>('programme.json') };

const seed = 1700n;
const year = 2020;
const organisation = 'gezinswerk-twenterand';

interface Family {
  date: string;
  time: string;
  supportType: string;
  targetGroup?: string;
  cost?: string;
  lines: Line[];
}

/** The families of one support type, with the type's costs cut over them by drawn shares. */
function analysedFamilies(
  { supportType, targetGroup, costEuros }: Source['supportTypes'][number],
  random: Random,
): Family[] {
  const count = source.caseMixPercent[supportType] ?? 0;
  const shares = Array.from({ length: count }, () => BigInt(70 + random.below(61)));
  const whole = shares.reduce((sum, share) => sum + share, 0n);
  const cents = scaled(costEuros, 2);
  let running = 0n;
  return shares.map((share) => {
    const before = (cents * running) / whole;
    running += share;
    const cost = money((cents * running) / whole - before);
    const date = random.pick(weekdays(year));
    return { date, time: loggedAfter(date, random), supportType, targetGroup, cost, lines: [] };
  });
}

function otherFamilies(random: Random): Family[] {
  return Object.entries(source.notAnalysedPercent).flatMap(([supportType, percent]) =>
    Array.from({ length: percent }, () => {
      const date = random.pick(weekdays(year));
      return { date, time: loggedAfter(date, random), supportType, lines: [] };
    }),
  );
}

/** Micro-euros of a line over all its years. */
const worth = (line: Line, date: string): bigint =>
  yearValues(line, settings, date).reduce((sum, value) => sum + value, 0n);

/** A line worth about that many micro-euros over all its years. */
function lineWorth(micro: bigint, { costBearer, effect }: Benefit, date: string, random: Random): Line {
  const drawn: Line = {
    costBearer,
    likelihood: random.pick([50, 60, 65, 70, 75, 80, 90]),
    contribution: random.pick([60, 70, 75, 80, 85, 90]),
    deadweight: random.pick([0, 5, 10, 15, 20, 25]),
    displacement: random.pick([0, 0, 0, 5, 10]),
    effect,
  };
  const lasting = effect === 'prevented-school-dropout' || random.below(3) === 0;
  if (lasting) {
    drawn.recurrence = 'yearly';
    drawn.years = 2 + random.below(4);
    drawn.dropOff = random.pick([10, 15, 20, 25, 33]);
  }
  const step = 50n * worth({ amount: '1', ...drawn }, date);
  return { amount: money((divideRounded(micro, step) || 1n) * 5000n), ...drawn };
}

/** Spreads one part of the benefit over as many of its families as it names, to the cent. */
function pour(benefit: Benefit, families: readonly Family[], random: Random): void {
  // Families with the fewest lines first, so that lines spread; a drawn number decides among equals.
  const places = families
    .filter(({ supportType }) => supportType === benefit.supportType)
    .map((family) => ({ family, order: family.lines.length * 1000 + random.below(1000) }))
    .sort((a, b) => a.order - b.order)
    .slice(0, benefit.cases)
    .map(({ family }) => ({ family, share: BigInt(60 + random.below(81)) }));
  let left = scaled(benefit.euros, 6);
  let shares = places.reduce((sum, { share }) => sum + share, 0n);
  for (const { family, share } of places.slice(0, -1)) {
    const line = lineWorth((left * share) / shares, benefit, family.date, random);
    family.lines.push(line);
    left -= worth(line, family.date);
    shares -= share;
  }
  const { costBearer, effect } = benefit;
  if (left < 10_000n)
    throw new Error(`nothing is left to close ${effect} for ${costBearer}; try another seed`);
  places.at(-1)?.family.lines.push({ amount: money(divideRounded(left, 10_000n)), costBearer, effect });
}

function eventOf(
  { date, time, supportType, targetGroup, cost, lines }: Family,
  index: number,
): ScenarioEvent {
  const number = String(index + 1).padStart(4, '0');
  const { municipality, programme } = source;
  const data = {
    municipality,
    organisation,
    programme,
    caseId: `gw-${number}`,
    revision: 1,
    date,
    theme: 'gezinswerk',
    supportType,
  };
  return {
    specversion: '1.0',
    id: `gw-${year}-${number}`,
    source: 'urn:nld:oin:00000001001234567000:systeem:gezinswerk',
    type: `nl.effectstroom.case.${lines.length > 0 ? 'assessed' : 'registered'}`,
    time,
    data: targetGroup && cost ? { ...data, targetGroup, cost, avoided: lines } : data,
  };
}

/** The text of events.json; the same at every run. */
export function generate(): string {
  const random = seededRandom(seed);
  const analysed = source.supportTypes.flatMap((supportType) => analysedFamilies(supportType, random));
  for (const benefit of benefits) pour(benefit, analysed, random);
  const families = [...analysed, ...otherFamilies(random)];
  return oneLineEach(families.sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date))).map(eventOf));
}

if (import.meta.main) writeFileSync(new URL('events.json', import.meta.url), generate());
