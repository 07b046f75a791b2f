import { z } from 'zod';
import { WELLBEING } from '../case-event.ts';
import { type Fault, FaultsError, nameForDetail } from '../fault.ts';
import { area, cashable, civilDate, code, municipality, oneOf, slug, timestamp } from '../fields.ts';
import { toUtc } from '../time.ts';
import { DIMENSIONS, type Dimension, isDimension } from './dimensions.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';

/** The longest period that one question may ask for, in years. */
const PERIOD_YEARS_MAX = 100;

/** Realised when handled (cohort) or when the avoided year comes (calendar): design §4, point 7. */
export type View = 'cohort' | 'calendar';

function period(expression: RegExp, says: string) {
  return z.string({ error: says }).regex(expression, { error: says });
}

/** One value per dimension: what it may look like. */
const filters = {
  theme: code,
  goal: code,
  workType: code,
  targetGroup: slug,
  supportType: slug,
  team: slug,
  area,
  wellbeing: oneOf(WELLBEING),
  municipality,
  organisation: slug,
  programme: slug,
  costBearer: code,
  effect: slug,
  recurrence: oneOf(['one-off', 'yearly']),
  cashable,
  month: period(/^(?!0000)\d{4}-(?:0[1-9]|1[0-2])$/, 'must be a month, written 2022-03'),
  quarter: period(/^(?!0000)\d{4}-Q[1-4]$/, 'must be a quarter, written 2022-Q1'),
  year: period(/^(?!0000)\d{4}$/, 'must be a year, written 2022'),
} satisfies Record<Dimension, z.ZodType<string>>;

/** The parameters of `GET /v1/savings`, as they are sent. */
export const savingsQuerySchema = z.strictObject({
  from: civilDate.meta({ description: 'First day of the period', example: '2021-01-01' }),
  to: civilDate.meta({ description: 'Last day of the period', example: '2021-12-31' }),
  groupBy: z
    .string({ error: 'must be one comma list of dimensions' })
    .meta({ description: `Comma list out of ${DIMENSIONS.join(', ')}`, example: 'theme,costBearer' })
    .exactOptional(),
  view: oneOf(['cohort', 'calendar'])
    .meta({
      description:
        'cohort: savings of the cases handled in the period, following years included. ' +
        'calendar: savings realised in the period.',
      default: 'cohort',
    })
    .exactOptional(),
  asOf: timestamp.meta({ description: 'Take what was known up to this moment (RFC 3339)' }).exactOptional(),
  prices: civilDate
    .meta({
      description: 'Also give the figures at the prices that are in force on this day',
      example: '2024-01-01',
    })
    .exactOptional(),
  ...z.strictObject(filters).partial().shape,
});

/** A checked question for figures. */
export interface SavingsQuery {
  /** Civil dates, both inclusive. */
  from: string;
  to: string;
  view: View;
  /** In the order asked. */
  groupBy: Dimension[];
  filters: Partial<Record<Dimension, string>>;
  /** RFC 3339 in UTC with exactly six decimals. */
  asOf: string | undefined;
  /** Civil date. */
  prices?: string | undefined;
}

/** What a query asks, or else everything that is wrong with it. */
export interface CheckedQuery {
  query?: SavingsQuery;
  faults: Fault[];
}

/**
 * Reads the query parameters of `GET /v1/savings`; an empty parameter counts as not given.
 * @throws FaultsError naming every fault; pointers are from the query's root, as `/groupBy`.
 */
export function parseSavingsQuery(parameters: unknown): SavingsQuery {
  const { query, faults } = checkSavingsQuery(parameters);
  if (query === undefined) throw new FaultsError(faults);
  return query;
}

/** The same, for questions that have more parameters than these. */
export function checkSavingsQuery(parameters: unknown): CheckedQuery {
  const given = withoutEmpty(parameters);
  const asOf = given['asOf'];
  // A plus sign that was not escaped arrives as a space; nothing else in a time is one.
  if (typeof asOf === 'string') given['asOf'] = asOf.replace(' ', '+');
  const result = savingsQuerySchema.safeParse(given);
  const faults = [
    ...(result.success ? [] : queryFaults(result.error.issues, given)),
    ...groupByFaults(given['groupBy']),
    ...periodFaults(given['from'], given['to']),
    ...momentFaults(given['asOf']),
  ];
  if (!result.success || faults.length > 0) return { faults };
  const { from, to, groupBy, view, asOf: moment, prices, ...rest } = result.data;
  const query: SavingsQuery = {
    from,
    to,
    view: view ?? 'cohort',
    groupBy: namesIn(groupBy ?? '').filter(isDimension),
    filters: rest as SavingsQuery['filters'],
    asOf: moment === undefined ? undefined : toMicroseconds(moment),
    prices,
  };
  return { query, faults };
}

function namesIn(list: string): string[] {
  return list === '' ? [] : list.split(',').map((name) => name.trim());
}

function groupByFaults(groupBy: unknown): Fault[] {
  if (typeof groupBy !== 'string') return [];
  const names = namesIn(groupBy);
  const unknown = new Set(names.filter((name) => !isDimension(name)));
  const twice = new Set(names.filter((name, place) => isDimension(name) && names.indexOf(name) !== place));
  const pointer = '/groupBy';
  return [
    ...[...unknown].map((name): Fault => {
      const detail = `no dimension ${nameForDetail(name)}: choose out of ${DIMENSIONS.join(', ')}`;
      return { pointer, code: 'enum', detail };
    }),
    ...[...twice].map((name): Fault => ({ pointer, code: 'duplicate', detail: `name ${name} once` })),
  ];
}

function periodFaults(from: unknown, to: unknown): Fault[] {
  const first = civilDate.safeParse(from);
  const last = civilDate.safeParse(to);
  if (!first.success || !last.success) return [];
  const pointer = '/to';
  if (last.data < first.data) return [{ pointer, code: 'range', detail: 'must not lie before "from"' }];
  const years = Number(last.data.slice(0, 4)) - Number(first.data.slice(0, 4));
  const isLater = last.data.slice(4) >= first.data.slice(4);
  if (years > PERIOD_YEARS_MAX || (years === PERIOD_YEARS_MAX && isLater))
    return [{ pointer, code: 'range', detail: `must lie less than ${PERIOD_YEARS_MAX} years after "from"` }];
  return [];
}

function momentFaults(asOf: unknown): Fault[] {
  const moment = timestamp.safeParse(asOf);
  if (!moment.success || toUtc(moment.data) !== undefined) return [];
  const detail = 'must lie in the years 0001 to 9999 UTC; a leap second ends a day in UTC';
  return [{ pointer: '/asOf', code: 'range', detail }];
}

/** A checked moment in UTC, cut to microseconds: the precision in which moments are kept. */
function toMicroseconds(moment: string): string | undefined {
  const [seconds, fraction = ''] = (toUtc(moment) ?? '').replace('Z', '').split('.');
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}
