/** The groups of figures: their columns, the tables that name them, and the conditions on them. */
import { type RawBuilder, sql } from 'kysely';
import { columnOf, dimensionValue } from './dimensions.ts';
import { filteredOn, type ScopedQuestion } from './savings-question.ts';
import { allOf } from './sql-text.ts';

type InScope = Pick<ScopedQuestion, 'organisationIds'>;

/** g0, g1, …: the names of the columns of the grouped dimensions. */
export function groupNames({ groupBy }: Pick<ScopedQuestion, 'groupBy'>): RawBuilder<unknown>[] {
  return groupBy.map((_, place) => sql.ref(`g${place}`));
}

/** These columns, over the aliases of `dimensions.ts`. */
export function groupColumns({ groupBy }: Pick<ScopedQuestion, 'groupBy'>): RawBuilder<unknown>[] {
  return groupBy.map((dimension, place) => sql`${columnOf(dimension)} AS ${sql.ref(`g${place}`)}`);
}

/** The values of the dimensions, of a row with these columns. */
export function groupOf(
  row: Record<`g${number}`, string | null>,
  { groupBy }: Pick<ScopedQuestion, 'groupBy'>,
): (string | null)[] {
  return groupBy.map((dimension, place) => dimensionValue(dimension, row[`g${place}`] ?? null));
}

/** The filters as conditions; organisations are found before. */
export function filterConditions(question: ScopedQuestion): RawBuilder<unknown> {
  return allOf(filteredOn(question).map((name) => sql`${columnOf(name)} = ${question.filters[name]}`));
}

/** Whether a table's rows are of the organisations that the question is about. */
export function isInScope(alias: 'l' | 't' | 'cg' | 'tg' | 'lg', { organisationIds }: InScope) {
  return sql`${sql.ref(`${alias}.organisation`)} = ANY(${[...organisationIds]}::integer[])`;
}

/**
 * Joins the groups (o, tg) of totals (t). Here and below: every row has its groups, and the outer joins let
 * PostgreSQL leave out those of which nothing is asked; and each table of groups names the organisations
 * itself, so that those of others are not read.
 */
export function totalsGroups(question: InScope): RawBuilder<unknown> {
  return sql`LEFT JOIN organisation o ON o.id = t.organisation
    LEFT JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group
      AND ${isInScope('tg', question)}`;
}

/** Joins the groups (o, cg, tg) of entries of the ledger (l). */
export function ledgerGroups(question: InScope): RawBuilder<unknown> {
  return sql`LEFT JOIN organisation o ON o.id = l.organisation
    LEFT JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group
      AND ${isInScope('cg', question)}
    LEFT JOIN theme_group tg ON tg.organisation = l.organisation AND tg.id = cg.theme_group
      AND ${isInScope('tg', question)}`;
}

/** Joins the group (lg) of lines: of elements (e) of entries (l), or of totals (t). */
export function lineGroup(question: InScope, of: 'e' | 't'): RawBuilder<unknown> {
  const owner = of === 'e' ? sql`l.organisation` : sql`t.organisation`;
  return sql`LEFT JOIN line_group lg ON lg.organisation = ${owner} AND lg.id = ${sql.ref(`${of}.line_group`)}
    AND ${isInScope('lg', question)}`;
}
