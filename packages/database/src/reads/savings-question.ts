/** A question for figures. */
import type { Kysely } from 'kysely';
import type { Database } from '../tables.ts';
import { type Dimension, isLineDimension, type TimeDimension } from './dimensions.ts';
import type { Period } from './period.ts';
import { planForMany } from './query-plan.ts';

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

/** The dimensions that the question filters on. */
export function filteredOn({ filters }: SavingsQuestion): Exclude<Dimension, TimeDimension>[] {
  return Object.keys(filters) as Exclude<Dimension, TimeDimension>[];
}

/** Whether the question groups or filters by a dimension of lines. */
export function asksForLines(question: SavingsQuestion): boolean {
  return [...question.groupBy, ...filteredOn(question)].some(isLineDimension);
}

/**
 * Finds the organisations first: every table here starts its key with their number. Of a municipality these
 * are few, so that its figures are found without reading those of others.
 */
export async function scopeOf(db: Kysely<Database>, question: SavingsQuestion): Promise<ScopedQuestion> {
  const { organisations, filters } = question;
  let query = db.selectFrom('organisation').select('id').orderBy('id');
  if (organisations !== undefined) query = query.where('code', 'in', [...organisations, '']);
  if (filters.organisation !== undefined) query = query.where('code', '=', filters.organisation);
  const { municipality } = filters;
  if (municipality !== undefined)
    query = query.where('id', 'in', (from) =>
      from.selectFrom('theme_group').select('organisation').where('municipality', '=', municipality),
    );
  const rows = await query.execute();
  await planForMany(db, rows.length);
  return { ...question, organisationIds: rows.map(({ id }) => id) };
}
