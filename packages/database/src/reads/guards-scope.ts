/** What every guard reads: the entries of the ledger that a question is about. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { columnOf } from './dimensions.ts';
import type { Period } from './period.ts';
import { planAsWritten } from './query-plan.ts';
import { filteredOn, type SavingsQuestion, scopeOf } from './savings-question.ts';

/** A question about the cases of a period; only dimensions of cases are filtered on. */
export interface GuardQuestion extends Pick<SavingsQuestion, 'filters' | 'organisations' | 'asOf'> {
  period: Period;
}

/** A question with the numbers of the organisations that it is about. */
export interface ScopedGuard extends GuardQuestion {
  organisationIds: readonly number[];
}

/**
 * Finds the organisations first: every table here starts its key with their number. From here on the
 * transaction joins as written, by hash: from the entries to the groups.
 */
export async function guardScope(db: Kysely<Database>, question: GuardQuestion): Promise<ScopedGuard> {
  await planAsWritten(db);
  const { organisationIds } = await scopeOf(db, { ...question, view: 'cohort', groupBy: [] });
  const { municipality } = question.filters;
  if (municipality === undefined) return { ...question, organisationIds };
  const there = await db
    .selectFrom('theme_group')
    .select('organisation')
    .distinct()
    .where('municipality', '=', municipality)
    .execute();
  const ids = new Set(there.map(({ organisation }) => organisation));
  return { ...question, organisationIds: organisationIds.filter((id) => ids.has(id)) };
}

/** `FROM` of the ledger (l) with its groups (o, cg, tg). */
export const LEDGER_WITH_GROUPS = sql`FROM ledger l
  JOIN organisation o ON o.id = l.organisation
  JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group
  JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group`;

/** The entries of a question; what is net of them is what it is about. */
export function inGuardScope(question: ScopedGuard): RawBuilder<unknown> {
  const filters = filteredOn({ ...question, view: 'cohort', groupBy: [] });
  const conditions = filters.map((name) => sql` AND ${columnOf(name)} = ${question.filters[name]}`);
  const { from, to } = question.period;
  return sql`l.organisation = ANY(${[...question.organisationIds]}::integer[])
    AND l.date BETWEEN ${from}::date AND ${to}::date AND ${knownAt(question.asOf)}
    ${conditions.length === 0 ? sql`` : sql.join(conditions, sql``)}`;
}

/** Entries (l) known at a moment. */
export function knownAt(asOf: string | undefined): RawBuilder<unknown> {
  return asOf === undefined ? sql`true` : sql`l.known_at <= ${asOf}::timestamptz`;
}

/** A lateral join that finds the event of each row by its key, however many there are in all. */
export function eventOf(alias: string, organisation: RawBuilder<unknown>, number: RawBuilder<unknown>) {
  // Without OFFSET it is a plain join, for which all events would be read.
  return sql`LATERAL (SELECT payload, case_id FROM event
    WHERE organisation = ${organisation} AND number = ${number} OFFSET 0) AS ${sql.ref(alias)}`;
}
