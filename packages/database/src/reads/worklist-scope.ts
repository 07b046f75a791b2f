/** Which cases lists of assessing are about. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { scopeOf } from './savings-question.ts';
import { allOf } from './sql-text.ts';

/** A list of cases that are, or are to be, assessed. */
export interface AssessingScope {
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  organisation?: string | undefined;
  municipality?: string | undefined;
  programme?: string | undefined;
  theme?: string | undefined;
  goal?: string | undefined;
  team?: string | undefined;
  /** Civil dates of cases, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Numbers of the organisations of a scope: few, so that their cases are found without looking at others. */
export async function organisationsOf(db: Kysely<Database>, scope: AssessingScope): Promise<number[]> {
  const { organisation, municipality } = scope;
  const { organisationIds } = await scopeOf(db, {
    ...{
      view: 'cohort',
      period: undefined,
      groupBy: [],
      organisations: scope.organisations,
      asOf: undefined,
    },
    filters: {
      ...(organisation === undefined ? {} : { organisation }),
      ...(municipality === undefined ? {} : { municipality }),
    },
  });
  return [...organisationIds];
}

/** What a case's contribution (c) says of it: its date (x) and groups (cg, tg). */
export const CASE_WITH_GROUPS = sql`CROSS JOIN LATERAL (SELECT c.contribution::json AS said OFFSET 0) AS k
  CROSS JOIN LATERAL (SELECT k.said ->> 'd' AS date, (k.said ->> 'g')::integer AS case_group,
    (k.said ->> 't')::integer AS theme_group OFFSET 0) AS x
  JOIN case_group cg ON cg.organisation = c.organisation AND cg.id = x.case_group
  JOIN theme_group tg ON tg.organisation = c.organisation AND tg.id = x.theme_group`;

/** Conditions on what {@link CASE_WITH_GROUPS} gives. */
export function inAssessingScope(scope: AssessingScope): RawBuilder<unknown> {
  const { municipality, programme, theme, goal, team, from, to } = scope;
  const conditions: RawBuilder<unknown>[] = [];
  const is = (column: RawBuilder<unknown>, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`${column} = ${value}`);
  };
  is(sql`tg.municipality`, municipality);
  is(sql`tg.programme`, programme);
  is(sql`tg.theme`, theme);
  is(sql`tg.goal`, goal);
  is(sql`cg.team`, team);
  // Dates order as text.
  if (from !== undefined) conditions.push(sql`x.date COLLATE "C" >= ${from}`);
  if (to !== undefined) conditions.push(sql`x.date COLLATE "C" <= ${to}`);
  return allOf(conditions);
}
