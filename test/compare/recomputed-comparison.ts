/**
 * The rules of `GET /v1/compare`, written afresh to check the product with: entry by entry and line by line, with
 * nothing of the product imported.
 */
import type { InventedContribution, InventedLine } from '../portal/invented-cases.ts';
import { LINE, realisedOn, TIME, timeOf } from '../portal/realised.ts';
import type { Move } from './invented-moves.ts';

export interface Asked {
  from: string;
  to: string;
  view: 'cohort' | 'calendar';
  groupBy: string[];
  filters: Record<string, string>;
  organisations: string[] | undefined;
}

/** One line in one year of one entry, or an entry without lines: gross in micro-euros, the rest × 10⁴. */
export interface Atom {
  move: Move;
  line: InventedLine | undefined;
  group: string;
  gross: bigint;
  corrected: bigint;
}

function nameIn(name: string, of: InventedContribution, line: InventedLine | undefined, date: string) {
  if (TIME.includes(name)) return timeOf(date)[name] ?? null;
  const source: unknown = LINE.includes(name) ? line : of;
  return ((source as Record<string, string | undefined>)[name] ?? null) as string | null;
}

function isAsked(asked: Asked, of: InventedContribution, line: InventedLine | undefined, date: string) {
  if (date < asked.from || date > asked.to) return false;
  if (asked.organisations?.includes(of.organisation) === false) return false;
  return Object.entries(asked.filters).every(([name, value]) => nameIn(name, of, line, date) === value);
}

/** Amounts, by group. */
export function amountsIn(moves: readonly Move[], asked: Asked): Atom[] {
  return moves.flatMap((move) => {
    const { contribution: of, sign } = move;
    return of.lines.flatMap((line) =>
      line.values.flatMap((value, year): Atom[] => {
        const date = asked.view === 'cohort' ? of.date : realisedOn(of.date, year);
        if (!isAsked(asked, of, line, date)) return [];
        const gross = BigInt(sign) * value * BigInt(of.similarCases);
        const group = JSON.stringify(asked.groupBy.map((name) => nameIn(name, of, line, date)));
        return [{ move, line, group, gross, corrected: gross * BigInt(of.factor) }];
      }),
    );
  });
}

/** The groups in which each entry counts as a case, each once. */
export function casesIn(moves: readonly Move[], asked: Asked): { move: Move; group: string }[] {
  const isByLine = [...asked.groupBy, ...Object.keys(asked.filters)].some((name) => LINE.includes(name));
  return moves.flatMap((move) => {
    const { contribution: of } = move;
    const lines = isByLine ? of.lines : [undefined];
    const groups = lines
      .filter((line) => isAsked(asked, of, line, of.date))
      .map((line) => JSON.stringify(asked.groupBy.map((name) => nameIn(name, of, line, of.date))));
    return [...new Set(groups)].map((group) => ({ move, group }));
  });
}
