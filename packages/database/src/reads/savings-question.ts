/** A question for figures, and where each part of its answer is read. */
import type { Kysely } from 'kysely';
import type { Database } from '../tables.ts';
import { type Dimension, isLedgerDimension, isLineDimension, type TimeDimension } from './dimensions.ts';
import { type Period, splitMonths } from './period.ts';

/** A question, checked. */
export interface SavingsQuestion {
  /** `cohort`: amounts stand at the case's date. `calendar`: year k stands k years later. */
  view: 'cohort' | 'calendar';
  /** Undefined asks for no day at all. */
  period: Period | undefined;
  groupBy: readonly Dimension[];
  filters: Partial<Record<Exclude<Dimension, TimeDimension>, string>>;
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** Only what was known then, RFC 3339; undefined is everything. */
  asOf: string | undefined;
}

/** A question with the numbers of the organisations that it is about. */
export interface ScopedQuestion extends SavingsQuestion {
  organisationIds: readonly number[];
}

/** Part of the question's period, and where it is read. */
export interface Part {
  table: 'totals' | 'ledger';
  period: Period;
}

export interface PartsOptions {
  /** Whether the totals tell lines apart: those of amounts do, those of cases do not. */
  linesTold: boolean;
  ledgerOnly: boolean;
}

/**
 * Where each part of the period is read. The ledger answers everything; the running totals answer whole
 * months, without `asOf`, in the dimensions that they keep, and much faster.
 */
export function partsOf(question: SavingsQuestion, { linesTold, ledgerOnly }: PartsOptions): Part[] {
  if (question.period === undefined) return [];
  const isTold = [...question.groupBy, ...filteredOn(question)].every(
    (name) => !isLedgerDimension(name) && (linesTold || !isLineDimension(name)),
  );
  if (ledgerOnly || question.asOf !== undefined || !isTold)
    return [{ table: 'ledger', period: question.period }];
  const { wholeMonths, edges } = splitMonths(question.period);
  const ledger = edges.map((period): Part => ({ table: 'ledger', period }));
  return wholeMonths === undefined ? ledger : [{ table: 'totals', period: wholeMonths }, ...ledger];
}

/** The dimensions that the question filters on. */
export function filteredOn({ filters }: SavingsQuestion): Exclude<Dimension, TimeDimension>[] {
  return Object.keys(filters) as Exclude<Dimension, TimeDimension>[];
}

/** Finds the organisations first: every table here starts its key with their number. */
export async function scopeOf(db: Kysely<Database>, question: SavingsQuestion): Promise<ScopedQuestion> {
  const { organisations, filters } = question;
  let query = db.selectFrom('organisation').select('id').orderBy('id');
  if (organisations !== undefined) query = query.where('code', 'in', [...organisations, '']);
  if (filters.organisation !== undefined) query = query.where('code', '=', filters.organisation);
  const rows = await query.execute();
  return { ...question, organisationIds: rows.map(({ id }) => id) };
}
