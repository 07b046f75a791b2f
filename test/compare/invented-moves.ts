/** Invented histories as the ledger tells them: what moved when, by which part and cause. */
import type { PriceList, Programme } from '@effectstroom/contracts';
import type { LedgerPart } from '@effectstroom/database';
import {
  type InventedContribution,
  inventCases,
  inventPriceList,
  inventProgrammes,
} from '../portal/invented-cases.ts';
import type { Random } from '../scenarios/random.ts';

/** One ledger entry. */
export interface Move {
  minute: number;
  part: LedgerPart;
  /** Number of the event or settings that made it. */
  cause: number;
  isSettings: boolean;
  event: number;
  sign: 1 | -1;
  contribution: InventedContribution;
}

/** A version of settings that is known from a minute on; its number is its place in the list. */
export interface Version {
  kind: 'programme' | 'price-list';
  key: string;
  minute: number;
  body: Programme | PriceList;
}

/** In the order in which a change is told. */
const PARTS: readonly LedgerPart[] = ['price', 'quantity', 'percentage', 'factor', 'corrected', 'settings'];
/** Numbers of events: behind those of settings. */
const EVENTS_FROM = 1000;

export function inventVersions(): Version[] {
  const list = inventPriceList();
  const raised = {
    ...list,
    editions: list.editions.map((edition) => ({
      ...edition,
      items: edition.items.map((item) => ({ ...item, price: '12.34' })),
    })),
  };
  return [
    ...inventProgrammes().map((body): Version => {
      const key = `${body.municipality}/${body.organisation}/${body.programme}`;
      return { kind: 'programme', key, minute: 0, body };
    }),
    { kind: 'price-list', key: list.code, minute: 0, body: list },
    { kind: 'price-list', key: list.code, minute: 500, body: raised },
  ];
}

export function inventMoves(cases: number, versions: number, random: Random): Move[] {
  return inventCases(cases, random).flatMap(({ history }, number) => {
    const event = EVENTS_FROM + number * 10;
    const moves: Move[] = [];
    let before: InventedContribution | undefined;
    for (const [step, { minute, contribution }] of history.entries()) {
      moves.push(...changeOf(before, contribution, { minute, event: event + step, versions }, random));
      before = contribution;
    }
    return moves;
  });
}

interface At {
  minute: number;
  event: number;
  versions: number;
}

function changeOf(
  before: InventedContribution | undefined,
  after: InventedContribution | undefined,
  { minute, event, versions }: At,
  random: Random,
): Move[] {
  const bySettings = random.below(2) === 0;
  const cause = bySettings ? random.below(versions) : event;
  const made = { minute, cause, isSettings: bySettings, event };
  if (before === undefined)
    return after === undefined ? [] : [{ ...made, part: 'new', sign: 1, contribution: after }];
  if (after === undefined) {
    const part = bySettings ? 'erasure' : 'withdrawn';
    return [{ ...made, part, sign: -1, contribution: before }];
  }
  const parts = PARTS.filter(() => random.below(3) === 0);
  const path = [...(parts.length === 0 ? PARTS.slice(0, 1) : parts)];
  const moves: Move[] = [];
  let from = before;
  for (const [place, part] of path.entries()) {
    const to = place === path.length - 1 ? after : between(from, random);
    moves.push({ ...made, part, sign: -1, contribution: from }, { ...made, part, sign: 1, contribution: to });
    from = to;
  }
  const same: Move = { ...made, part: 'software', sign: -1, contribution: after };
  return [...moves, same, { ...same, sign: 1 }];
}

/** The same case with another amount, price or factor. */
function between(from: InventedContribution, random: Random): InventedContribution {
  const times = BigInt(1 + random.below(5));
  return {
    ...from,
    factor: random.pick([9000, 1234]),
    lines: from.lines.map((line) => ({
      ...line,
      values: line.values.map((value) => (value * times) / 3n),
      priced: line.priced && { ...line.priced, price: line.priced.price * times },
    })),
  };
}
