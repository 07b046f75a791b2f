/** The lines of a case, and the amounts that its ledger entry counts. Pure. */
import type { AvoidedLine } from '@effectstroom/contracts';
import type { EntryLine } from '@effectstroom/database';
import { type LineContribution, valueCase } from '@effectstroom/valuation';
import type { InForce } from './case-in-force.ts';

/** What a line is told apart by in totals. */
export interface LineValues {
  costBearer: string;
  municipal: boolean;
  recurrence: 'one-off' | 'yearly';
  effect: string | null;
  cashable: string | null;
}

export interface CountedLine extends LineValues {
  /** Its place in the event, from 1. */
  number: number;
  /** Micro-euros of one case, by year after the case's date. */
  values: { year: number; amount: bigint }[];
  /** How it was valued; undefined where the settings no longer give the recorded amounts. */
  valued: { sent: AvoidedLine; line: LineContribution } | undefined;
}

/**
 * The lines of the event, valued as the calculator did. Where that does not give what the ledger says, as after a
 * change of the arithmetic, the ledger is right: then its own lines are given.
 */
export function countedLines(inForce: InForce): CountedLine[] {
  const { entry } = inForce;
  const lines = valuedLines(inForce);
  return isSame(lines, entry.lines) ? lines : recordedLines(entry.lines);
}

function valuedLines({ event, programme, priceList }: InForce): CountedLine[] {
  if (event.type !== 'nl.effectstroom.case.assessed') return [];
  const valuation = valueCase(event.data, programme, priceList);
  if ('reason' in valuation) return [];
  return event.data.avoided.flatMap((sent, place) => {
    const line = valuation.lines[place];
    if (line === undefined) return [];
    const { costBearer, municipal, recurrence, effect = null, cashable = null } = line;
    return {
      ...{ number: place + 1, costBearer, municipal, recurrence, effect, cashable },
      values: line.values.map((amount, year) => ({ year, amount })),
      valued: { sent, line },
    };
  });
}

function recordedLines(entries: readonly EntryLine[]): CountedLine[] {
  const lines = new Map<string, CountedLine>();
  for (const { year, amount, ...group } of entries) {
    const { costBearer, municipal, effect, cashable } = group;
    const recurrence = group.recurrence === 'yearly' ? 'yearly' : 'one-off';
    const key = keyOf(group);
    const line = lines.get(key) ?? {
      ...{ number: lines.size + 1, costBearer, municipal, recurrence, effect, cashable },
      ...{ values: [], valued: undefined },
    };
    line.values.push({ year, amount });
    lines.set(key, line);
  }
  return [...lines.values()];
}

function isSame(lines: readonly CountedLine[], entries: readonly EntryLine[]): boolean {
  const left = new Map<string, bigint>();
  const add = (group: Omit<EntryLine, 'amount' | 'year'>, year: number, amount: bigint) => {
    const key = `${keyOf(group)} ${year}`;
    left.set(key, (left.get(key) ?? 0n) + amount);
  };
  for (const line of lines) for (const { year, amount } of line.values) add(line, year, amount);
  for (const { year, amount, ...group } of entries) add(group, year, -amount);
  return [...left.values()].every((amount) => amount === 0n);
}

function keyOf({ costBearer, municipal, recurrence, effect, cashable }: Omit<EntryLine, 'amount' | 'year'>) {
  return JSON.stringify([costBearer, municipal, recurrence, effect, cashable]);
}
