/**
 * Why a case contributes something else: the way from what it contributed to what it contributes now, one part at a
 * time. The parts of a change add up to it, because each starts where the one before it ends. Pure.
 */
import type { CaseEvent } from '@effectstroom/contracts';
import { type Contribution, type LedgerPart, sameContribution } from '@effectstroom/database';
import { type LineContribution, type ValuedLine, valuesInRange } from '@effectstroom/valuation';
import { type Counted, contributionOf, mergedLines } from './contribution-of.ts';
import type { GroupBook } from './group-book.ts';

/** What the case contributes after one part of a change; undefined where it stops to count. */
export interface Step {
  part: LedgerPart;
  to: Contribution | undefined;
}

/** A side of a change: the contribution, and the event and valuation that it comes from. */
export interface Side {
  contribution: Contribution;
  counted: Counted;
}

type Valued = Side & { lines: readonly LineContribution[] };

/** What an event changes: the settings are the same before and after it. */
export function pathOfEvent(
  organisation: number,
  before: Side | undefined,
  after: Side | undefined,
  groups: GroupBook,
): Step[] {
  if (before === undefined) return [{ part: 'new', to: after?.contribution }];
  if (after === undefined) return [{ part: 'withdrawn', to: undefined }];
  const [from, to] = [valued(before), valued(after)];
  if (to !== undefined && !before.contribution.assessed) return [{ part: 'new', to: to.contribution }];
  const whole: Step[] = [{ part: 'corrected', to: after.contribution }];
  if (from === undefined || to === undefined || !isAsRecorded(organisation, from, groups)) return whole;
  const steps = ingredientSteps(organisation, from, to, groups);
  if (!saysTheRest(organisation, from, to, groups)) return [...steps, ...whole];
  const last = steps.pop();
  return last === undefined ? whole : [...steps, { part: last.part, to: to.contribution }];
}

function valued(side: Side): Valued | undefined {
  const lines = side.counted.judgement.valuation?.lines;
  return lines === undefined ? undefined : { ...side, lines };
}

/** Whether the event still gives what was recorded: not where an older version of the program valued it. */
function isAsRecorded(organisation: number, { contribution, counted }: Valued, groups: GroupBook): boolean {
  const again = contributionOf(organisation, counted, groups);
  return again !== undefined && again.factor === contribution.factor && sumOf(again) === sumOf(contribution);
}

function sumOf({ lines }: Contribution): string {
  const sums = { amount: 0n, low: 0n, high: 0n };
  for (const { amount, low, high } of lines) {
    sums.amount += amount;
    sums.low += low;
    sums.high += high;
  }
  return Object.values(sums).join(' ');
}

type Ingredients = Partial<Omit<ValuedLine, 'years' | 'discount'>>;

/** What a line takes over from its successor, in the order in which it does. */
const INGREDIENTS: readonly { part: LedgerPart; of: (line: ValuedLine) => Ingredients }[] = [
  { part: 'price', of: ({ price }) => ({ price }) },
  { part: 'quantity', of: ({ quantity }) => ({ quantity }) },
  {
    part: 'percentage',
    of: ({ likelihood, contribution, deadweight, displacement, dropOff }) => ({
      ...{ likelihood, contribution, deadweight, displacement, dropOff },
    }),
  },
];

function ingredientSteps(organisation: number, from: Valued, to: Valued, groups: GroupBook): Step[] {
  const steps: Step[] = [];
  let { contribution, lines } = from;
  for (const { part, of } of INGREDIENTS) {
    let isChanged = false;
    const next = lines.map((one, place) => {
      const other = to.lines[place];
      if (other === undefined || !isSameKind(one, other)) return one;
      const taken = of(other.line);
      if (holds(one.line, taken)) return one;
      isChanged = true;
      const line = { ...one.line, ...taken };
      return { ...one, line, ...valuesInRange(line, one.steps) };
    });
    if (!isChanged) continue;
    lines = next;
    contribution = { ...contribution, lines: mergedLines(organisation, lines, groups) };
    steps.push({ part, to: contribution });
  }
  const { factor } = to.contribution;
  if (factor !== contribution.factor) steps.push({ part: 'factor', to: { ...contribution, factor } });
  return steps;
}

/** Whether a line is the successor of another: the same service or bearer, counted in the same way. */
function isSameKind(one: LineContribution, other: LineContribution): boolean {
  return (['service', 'costBearer', 'municipal', 'recurrence', 'effect', 'cashable'] as const).every(
    (name) => one[name] === other[name],
  );
}

function holds(line: ValuedLine, taken: Ingredients): boolean {
  return Object.entries(taken).every(([name, value]) => line[name as keyof ValuedLine] === value);
}

/** Whether the two sides differ in nothing but the ingredients and the factor. */
function saysTheRest(organisation: number, from: Valued, to: Valued, groups: GroupBook): boolean {
  const [one, other] = [from.counted.record.event.data, to.counted.record.event.data];
  return (
    groups.caseGroup(organisation, grouped(one)) === groups.caseGroup(organisation, grouped(other)) &&
    from.contribution.date === to.contribution.date &&
    from.contribution.similarCases === to.contribution.similarCases &&
    from.contribution.cost === to.contribution.cost &&
    one.residentKey === other.residentKey &&
    from.lines.length === to.lines.length &&
    from.lines.every((line, place) => isSameRest(line, to.lines[place]))
  );
}

function isSameRest(one: LineContribution, other: LineContribution | undefined): boolean {
  return (
    other !== undefined &&
    isSameKind(one, other) &&
    one.line.years === other.line.years &&
    JSON.stringify([one.line.discount, one.steps]) === JSON.stringify([other.line.discount, other.steps])
  );
}

/** A counted event is of a case with all its dimensions. */
function grouped(data: CaseEvent['data']): Parameters<GroupBook['caseGroup']>[1] {
  return { ...data, theme: data.theme ?? '' };
}

/** What settings change of a case, part by part. */
export interface SettingsChange {
  /** Of a case whose counted event stays: what it contributes after each part but the last. */
  between: readonly {
    part: LedgerPart;
    value: (organisation: number, counted: Counted) => Contribution | undefined;
  }[];
  /** The part after which it contributes what it does now. */
  last: LedgerPart;
  /** Of a case that starts, stops, or counts by another event. */
  otherwise: (before: Contribution | undefined, after: Contribution | undefined) => LedgerPart;
}

/** What settings change of a case. Steps that turn out to change nothing are left out when they are written. */
export function pathOfSettings(
  organisation: number,
  before: Contribution | undefined,
  after: Contribution | undefined,
  counted: Counted | undefined,
  { between, last, otherwise }: SettingsChange,
): Step[] {
  if (before === undefined || after === undefined || counted === undefined || before.event !== after.event)
    return [{ part: otherwise(before, after), to: after }];
  const steps = between.flatMap(({ part, value }): Step[] => {
    const to = value(organisation, counted);
    return to === undefined ? [] : [{ part, to }];
  });
  return [...steps, { part: last, to: after }];
}

/** The steps that move something. All groups must have their ids. */
export function stepsThatMove(before: Contribution | undefined, path: readonly Step[]): Step[] {
  const moving: Step[] = [];
  let from = before;
  for (const step of path) {
    if (from === undefined || step.to === undefined || !sameContribution(from, step.to)) moving.push(step);
    // What stays the same is kept as it was valued last.
    else moving.push(...moving.splice(-1).map(({ part }) => ({ part, to: step.to })));
    from = step.to;
  }
  return moving;
}
