/**
 * Where the rows of a question's figures are read. The ledger answers everything; the running totals answer
 * whole months in the dimensions that they keep, and much faster; those by year faster still. What was known
 * at a moment is the totals less what became known later: where that is little, little is read.
 */
import { type RawBuilder, sql } from 'kysely';
import { type Dimension, isLedgerDimension, isLineDimension } from './dimensions.ts';
import { type Period, splitMonths, splitYears } from './period.ts';
import { filteredOn, type SavingsQuestion } from './savings-question.ts';

/** Part of a question's period, and where it is read. */
interface Part {
  table: 'years' | 'totals' | 'ledger';
  period: Period;
}

/** Rows that are added, or taken away. */
export interface Source extends Part {
  sign: 1 | -1;
  /** Which entries of the ledger (l). */
  known: RawBuilder<unknown>;
}

export interface SourcesOptions {
  /** What the rows tell: cases, amounts of lines, or amounts of lines by service and price. */
  of: 'cases' | 'amounts' | 'prices';
  /** Read everything from the ledger, also what the totals could tell. */
  ledgerOnly?: boolean;
}

/** What the totals by year tell apart. */
const YEAR_DIMENSIONS: ReadonlySet<Dimension> = new Set<Dimension>([
  ...(['municipality', 'organisation', 'programme', 'theme', 'goal', 'workType'] as const),
  ...(['recurrence', 'year'] as const),
]);

/** What is known at the question's moment; none where no day is asked for. */
export function sourcesOf(question: SavingsQuestion, options: SourcesOptions): Source[] {
  const { asOf } = question;
  return partsOf(question, options).flatMap(({ table, period }): Source[] => {
    const ledger = { table: 'ledger', period } as const;
    if (table === 'ledger') return [{ ...ledger, sign: 1, known: knownBy(asOf) }];
    const totals: Source = { table, period, sign: 1, known: sql`true` };
    return asOf === undefined ? [totals] : [totals, { ...ledger, sign: -1, known: knownAfter(asOf) }];
  });
}

/** The same, of the ledger's entries. */
export function ledgerSource(period: Period, asOf: string | undefined): Source {
  return { table: 'ledger', period, sign: 1, known: knownBy(asOf) };
}

/** What became known after a moment (RFC 3339), up to the question's moment. */
export function changeSources({ period, asOf }: SavingsQuestion, after: string): Source[] {
  if (period === undefined) return [];
  const known = sql`${knownAfter(after)} AND ${knownBy(asOf)}`;
  return [{ table: 'ledger', period, sign: 1, known }];
}

/** The sign of an entry (l) of the source. */
export function entrySign({ sign }: Source): RawBuilder<unknown> {
  return sign === 1 ? sql`l.sign` : sql`-l.sign`;
}

function partsOf(question: SavingsQuestion, { of, ledgerOnly = false }: SourcesOptions): Part[] {
  const { period, asOf } = question;
  if (period === undefined) return [];
  const named = [...question.groupBy, ...filteredOn(question)];
  const isTold = named.every(
    (name) => !isLedgerDimension(name) && (of !== 'cases' || !isLineDimension(name)),
  );
  // Of a period that was still to come, little was known then and all became known later.
  const isEarly = asOf !== undefined && asOf.slice(0, 10) < period.from;
  if (ledgerOnly || isEarly || !isTold) return [{ table: 'ledger', period }];
  const { wholeMonths, edges } = splitMonths(period);
  const ledger = edges.map((edge): Part => ({ table: 'ledger', period: edge }));
  if (wholeMonths === undefined) return ledger;
  const isByYear = of !== 'prices' && named.every((name) => YEAR_DIMENSIONS.has(name));
  return [...(isByYear ? yearsAndMonths(wholeMonths) : [inTotals(wholeMonths)]), ...ledger];
}

function yearsAndMonths(wholeMonths: Period): Part[] {
  const { wholeYears, rest } = splitYears(wholeMonths);
  const months = rest.map(inTotals);
  return wholeYears === undefined ? months : [{ table: 'years', period: wholeYears }, ...months];
}

function inTotals(period: Period): Part {
  return { table: 'totals', period };
}

function knownBy(asOf: string | undefined): RawBuilder<unknown> {
  return asOf === undefined ? sql`true` : sql`l.known_at <= ${asOf}::timestamptz`;
}

function knownAfter(moment: string): RawBuilder<unknown> {
  return sql`l.known_at > ${moment}::timestamptz`;
}
