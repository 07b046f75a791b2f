/** What a case contributes: the unit that starts and stops to count in the ledger. */
import type { CaseGroup, LineGroup } from './groups.ts';

export interface ContributionLine {
  group: LineGroup;
  /** Years after the case's date. */
  year: number;
  /** Micro-euros of one case. */
  amount: bigint;
  /** As the amount, with percentages and price a step lower. */
  low: bigint;
  /** As the amount, with percentages and price a step higher. */
  high: bigint;
}

export interface Contribution {
  /** Number of the event that says it. */
  event: bigint;
  group: CaseGroup;
  /** Civil date of the case, 'YYYY-MM-DD'. */
  date: string;
  assessed: boolean;
  /** 0 for a registered case. */
  similarCases: number;
  /** Micro-euros of one case. */
  cost: bigint;
  /** Correction factor in ten-thousandths. */
  factor: number;
  programmeVersion: bigint;
  priceListVersion: bigint | undefined;
  lines: readonly ContributionLine[];
}

/** Short names, because this text is kept once for every case. */
interface StoredContribution {
  n: string;
  g: number;
  t: number;
  d: string;
  a: 0 | 1;
  s: number;
  c: string;
  f: number;
  p: string;
  l?: string;
  /** Without low and high where a version of before stored it: then they were the amount. */
  v: [lineGroup: number, year: number, amount: string, low?: string, high?: string][];
}

/** The text of `case_state.contribution`. The groups must have their ids. */
export function storeContribution(contribution: Contribution): string {
  const stored: StoredContribution = {
    n: contribution.event.toString(),
    g: contribution.group.id,
    t: contribution.group.themeGroup.id,
    d: contribution.date,
    a: contribution.assessed ? 1 : 0,
    s: contribution.similarCases,
    c: contribution.cost.toString(),
    f: contribution.factor,
    p: contribution.programmeVersion.toString(),
    ...(contribution.priceListVersion === undefined ? {} : { l: contribution.priceListVersion.toString() }),
    v: contribution.lines.map(({ group, year, amount, low, high }) => [
      ...([group.id, year, amount.toString(), low.toString(), high.toString()] as const),
    ]),
  };
  return JSON.stringify(stored);
}

/** The inverse of {@link storeContribution}. */
export function readContribution(text: string): Contribution {
  const stored = JSON.parse(text) as StoredContribution;
  return {
    event: BigInt(stored.n),
    group: { id: stored.g, themeGroup: { id: stored.t } },
    date: stored.d,
    assessed: stored.a === 1,
    similarCases: stored.s,
    cost: BigInt(stored.c),
    factor: stored.f,
    programmeVersion: BigInt(stored.p),
    priceListVersion: stored.l === undefined ? undefined : BigInt(stored.l),
    lines: stored.v.map(([id, year, amount, low = amount, high = amount]) => ({
      ...{ group: { id }, year },
      ...{ amount: BigInt(amount), low: BigInt(low), high: BigInt(high) },
    })),
  };
}

/**
 * Whether two contributions say the same, apart from the versions of the settings they were valued with.
 * The groups must have their ids.
 */
export function sameContribution(one: Contribution, other: Contribution): boolean {
  return (
    one.event === other.event &&
    one.group.id === other.group.id &&
    one.date === other.date &&
    one.assessed === other.assessed &&
    one.similarCases === other.similarCases &&
    one.cost === other.cost &&
    one.factor === other.factor &&
    one.lines.length === other.lines.length &&
    one.lines.every((line, index) => {
      const against = other.lines[index];
      return (
        against !== undefined &&
        line.group.id === against.group.id &&
        line.year === against.year &&
        line.amount === against.amount &&
        line.low === against.low &&
        line.high === against.high
      );
    })
  );
}
