/** What a case contributes: the unit that starts and stops to count in the ledger. */
import { BinaryWriter } from './binary-writer.ts';
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

/**
 * The text of `case_state.contribution`: the JSON of a {@link StoredContribution}, written as bytes, because a text made
 * of so many parts takes three times as long. The groups must have their ids.
 */
export function putContribution(writer: BinaryWriter, contribution: Contribution): void {
  const { event, group, date, assessed, similarCases, cost, factor } = contribution;
  const { programmeVersion, priceListVersion, lines } = contribution;
  const text = writer.openText();
  writer.ascii('{"n":"').digits(event).ascii('","g":').digits(group.id);
  writer.ascii(',"t":').digits(group.themeGroup.id);
  writer.ascii(',"d":').ascii(JSON.stringify(date));
  writer.ascii(assessed ? ',"a":1,"s":' : ',"a":0,"s":').digits(similarCases);
  writer.ascii(',"c":"').digits(cost).ascii('","f":').digits(factor);
  writer.ascii(',"p":"').digits(programmeVersion).ascii('"');
  if (priceListVersion !== undefined) writer.ascii(',"l":"').digits(priceListVersion).ascii('"');
  writer.ascii(',"v":[');
  for (let at = 0; at < lines.length; at++) putLine(writer, lines[at], at > 0);
  writer.ascii(']}');
  writer.closeText(text);
}

function putLine(writer: BinaryWriter, line: ContributionLine | undefined, follows: boolean): void {
  if (line === undefined) return;
  writer
    .ascii(follows ? ',[' : '[')
    .digits(line.group.id)
    .ascii(',')
    .digits(line.year);
  writer.ascii(',"').digits(line.amount).ascii('","').digits(line.low).ascii('","').digits(line.high);
  writer.ascii('"]');
}

/** The same text alone, in UTF-8. */
export function contributionText(contribution: Contribution): Buffer {
  const writer = new BinaryWriter(TEXT_BYTES);
  putContribution(writer, contribution);
  return writer.bytes().subarray(LENGTH_BYTES);
}

/** Most are shorter. */
const TEXT_BYTES = 512;
/** A text has its length before it. */
const LENGTH_BYTES = 4;

/** The inverse of {@link putContribution}. */
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
