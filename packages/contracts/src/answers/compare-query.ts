import { z } from 'zod';
import { yearBefore, yearsLater } from '../civil-date.ts';
import { type Fault, FaultsError } from '../fault.ts';
import { civilDate, oneOf, timestamp } from '../fields.ts';
import { DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';
import {
  type CheckedQuery,
  checkSavingsQuery,
  type SavingsQuery,
  savingsQuerySchema,
} from './savings-query.ts';

const AGE_DAYS_MAX = 3660;
const AGE_SAYS = `must be a whole number from 0 to ${AGE_DAYS_MAX}`;

const against = oneOf(['year-before'])
  .meta({ description: 'Before are the same dates a year earlier; the last day of a month stays the last' })
  .exactOptional();
const age = z
  .string({ error: AGE_SAYS })
  .regex(/^(?:0|[1-9]\d{0,3})$/, { error: AGE_SAYS })
  .refine((text) => Number(text) <= AGE_DAYS_MAX, { error: AGE_SAYS })
  .meta({ description: 'Each period as it was known this many days after its last day (Europe/Amsterdam)' })
  .exactOptional();

const ofBefore = {
  beforeFrom: civilDate.meta({ description: 'First day of the period to compare with' }).exactOptional(),
  beforeTo: civilDate.meta({ description: 'Last day of it' }).exactOptional(),
  beforeAsOf: timestamp
    .meta({ description: 'Take of before what was known up to this moment (RFC 3339)' })
    .exactOptional(),
};

const shared = ['from', 'to', 'groupBy', 'view', 'asOf', ...DIMENSIONS] as const;
const sharedShape = savingsQuerySchema.pick(
  Object.fromEntries(shared.map((name) => [name, true])) as Record<(typeof shared)[number], true>,
).shape;

/** The parameters of `GET /v1/compare`, as they are sent. */
export const compareQuerySchema = z.strictObject({ ...sharedShape, ...ofBefore, against, age });

/** A checked question for a comparison. */
export interface CompareQuery {
  /** What is compared: the later period or moment. */
  after: SavingsQuery;
  /** The period to compare with; undefined compares the same period at two moments. */
  before: { from: string; to: string } | undefined;
  /** RFC 3339 in UTC with six decimals. */
  beforeAsOf: string | undefined;
  /** Days after the end of each period. */
  age: number | undefined;
}

/** Which of the parameters the schema of savings checks. */
const SHARED: ReadonlySet<string> = new Set(shared);
/** The parameters of before are checked as those of a question for savings. */
const BEFORE = { beforeFrom: 'from', beforeTo: 'to', beforeAsOf: 'asOf' } as const;
/** Stands in for a period that is not given, where only the moment is to be checked. */
const ANY_DAY = { from: '2000-01-01', to: '2000-01-01' };

/**
 * Reads the query parameters of `GET /v1/compare`; an empty parameter counts as not given.
 * @throws FaultsError naming every fault; pointers are from the query's root, as `/beforeFrom`.
 */
export function parseCompareQuery(query: unknown): CompareQuery {
  const given = withoutEmpty(query);
  const own = Object.fromEntries(
    Object.entries(given).filter(([name]) => !SHARED.has(name) && !(name in BEFORE)),
  );
  const result = z.strictObject({ against, age }).safeParse(own);
  const after = checkSavingsQuery(
    Object.fromEntries(Object.entries(given).filter(([name]) => SHARED.has(name))),
  );
  const before = checkedBefore(given);
  const faults = [
    ...(result.success ? [] : queryFaults(result.error.issues, own)),
    ...after.faults,
    ...before.faults,
    ...combinationFaults(given),
  ];
  if (!result.success || after.query === undefined || before.query === undefined || faults.length > 0)
    throw new FaultsError(faults);
  const asked: CompareQuery = {
    after: after.query,
    before: given['beforeFrom'] === undefined ? undefined : { from: before.query.from, to: before.query.to },
    beforeAsOf: before.query.asOf,
    age: result.data.age === undefined ? undefined : Number(result.data.age),
  };
  if (result.data.against !== undefined) {
    const { from, to } = after.query;
    asked.before = { from: yearsLater(from, -1), to: yearBefore(to) };
  }
  const late = orderFault(asked);
  if (late !== undefined) throw new FaultsError([late]);
  return asked;
}

function checkedBefore({ beforeFrom, beforeTo, beforeAsOf }: Record<string, unknown>): CheckedQuery {
  const hasPeriod = beforeFrom !== undefined || beforeTo !== undefined;
  const period = hasPeriod ? present({ from: beforeFrom, to: beforeTo }) : ANY_DAY;
  const { query, faults } = checkSavingsQuery({ ...period, ...present({ asOf: beforeAsOf }) });
  const renamed = faults.map(({ pointer, code, detail }): Fault => {
    const name = Object.entries(BEFORE).find(([, shared]) => pointer === `/${shared}`)?.[0];
    const words = detail.replace('"from"', '"beforeFrom"');
    return { pointer: name === undefined ? pointer : `/${name}`, code, detail: words };
  });
  return query === undefined ? { faults: renamed } : { query, faults: renamed };
}

function present(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const notAllowed = (name: string, detail: string): Fault => ({
  pointer: `/${name}`,
  code: 'not-allowed',
  detail,
});

/** Parameters that do not go together. */
function combinationFaults(given: Record<string, unknown>): Fault[] {
  const has = (name: string) => given[name] !== undefined;
  const isPeriods = has('beforeFrom') || has('beforeTo') || has('against');
  const faults: Fault[] = [];
  if (!isPeriods && !has('beforeAsOf')) {
    const detail = 'required: or else "beforeFrom" with "beforeTo", or "against"';
    faults.push({ pointer: '/beforeAsOf', code: 'required', detail });
  }
  if (has('against') && (has('beforeFrom') || has('beforeTo')))
    faults.push(notAllowed('against', 'cannot stand beside "beforeFrom" and "beforeTo"'));
  if (has('age') && !isPeriods) faults.push(notAllowed('age', 'needs two periods'));
  if (has('age') && (has('asOf') || has('beforeAsOf')))
    faults.push(notAllowed('age', 'cannot stand beside "asOf" and "beforeAsOf": it says these moments'));
  if (isPeriods)
    for (const name of TIME_DIMENSIONS.filter(has))
      faults.push(notAllowed(name, 'cannot stand here: choose the days of both periods'));
  return faults;
}

function orderFault({ after, before, beforeAsOf }: CompareQuery): Fault | undefined {
  if (before !== undefined)
    return before.from < '0001'
      ? { pointer: '/from', code: 'range', detail: 'must not lie in the first year' }
      : undefined;
  if (after.asOf === undefined || beforeAsOf === undefined || beforeAsOf <= after.asOf) return undefined;
  return { pointer: '/beforeAsOf', code: 'range', detail: 'must not lie after "asOf"' };
}
