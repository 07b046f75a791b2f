import { z } from 'zod';
import { type Fault, FaultsError } from '../fault.ts';
import { municipality, oneOf, slug } from '../fields.ts';
import { pageParameters } from './page.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';
import { checkSavingsQuery, type SavingsQuery, savingsQuerySchema } from './savings-query.ts';

/** What guards are filtered on. */
export const GUARD_FILTERS = [
  ...(['municipality', 'organisation', 'programme', 'theme', 'goal', 'workType'] as const),
  ...(['targetGroup', 'supportType', 'team', 'area'] as const),
] as const;

const shared = ['from', 'to', 'asOf', ...GUARD_FILTERS] as const;
const SHARED: ReadonlySet<string> = new Set(shared);
const OF_CEILINGS: ReadonlySet<string> = new Set(['municipality', 'organisation', 'programme', 'asOf']);
const sharedShape = savingsQuerySchema.pick(
  Object.fromEntries(shared.map((name) => [name, true])) as Record<(typeof shared)[number], true>,
).shape;

const followUpGroup = {
  groupBy: oneOf(['theme', 'goal', 'team']).meta({ default: 'theme' }).exactOptional(),
};
const spreadGroup = {
  groupBy: oneOf(['team', 'team,theme'])
    .meta({ description: 'team,theme compares teams within each theme', default: 'team' })
    .exactOptional(),
};

const YEAR_SAYS = 'must be a year, written 2025';
const year = z.string({ error: YEAR_SAYS }).regex(/^(?:20\d\d|2100)$/, { error: YEAR_SAYS });

/** The parameters of `GET /v1/guards/double-claims`. */
export const doubleClaimsQuerySchema = z.strictObject({ ...sharedShape, ...pageParameters });
/** The parameters of `GET /v1/guards/follow-up`. */
export const followUpQuerySchema = z.strictObject({ ...sharedShape, ...followUpGroup });
/** The parameters of `GET /v1/guards/spread`. */
export const spreadQuerySchema = z.strictObject({ ...sharedShape, ...spreadGroup });
/** The parameters of `GET /v1/guards/ceilings`. */
export const ceilingsQuerySchema = z.strictObject({
  year: year.meta({ description: 'Calendar year in which the savings are realised', example: '2025' }),
  municipality: municipality.exactOptional(),
  organisation: slug.exactOptional(),
  programme: slug.exactOptional(),
  asOf: sharedShape.asOf,
});

/** A checked question, and what only this guard asks. */
export interface GuardQuery<Own> {
  asked: SavingsQuery;
  own: Own;
}

/** Reads the parameters of `GET /v1/guards/double-claims`. @throws FaultsError naming every fault */
export function parseDoubleClaimsQuery(query: unknown) {
  return parseGuardQuery(z.strictObject(pageParameters), query);
}

/** Reads the parameters of `GET /v1/guards/follow-up`. @throws FaultsError naming every fault */
export function parseFollowUpQuery(query: unknown) {
  return parseGuardQuery(z.strictObject(followUpGroup), query);
}

/** Reads the parameters of `GET /v1/guards/spread`. @throws FaultsError naming every fault */
export function parseSpreadQuery(query: unknown) {
  return parseGuardQuery(z.strictObject(spreadGroup), query);
}

/** Reads the parameters of `GET /v1/guards/ceilings`. @throws FaultsError naming every fault */
export function parseCeilingsQuery(query: unknown) {
  const asked = year.safeParse(withoutEmpty(query)['year']);
  const known = asked.success ? asked.data : '2000';
  const period = { from: `${known}-01-01`, to: `${known}-12-31` };
  return parseGuardQuery(z.strictObject({ year }), query, { names: OF_CEILINGS, period });
}

/** What guards share is checked as a question for savings is: `names`, and a period that is not asked. */
function parseGuardQuery<Shape extends z.core.$ZodShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  query: unknown,
  { names, period }: { names: ReadonlySet<string>; period?: object } = { names: SHARED },
): GuardQuery<z.infer<typeof schema>> {
  const given = Object.entries(withoutEmpty(query));
  const own = Object.fromEntries(given.filter(([name]) => !names.has(name)));
  const result = schema.safeParse(own);
  const faults = result.success ? [] : queryFaults(result.error.issues, own);
  const same = Object.fromEntries(given.filter(([name]) => names.has(name)));
  const { query: asked, faults: others } = checkSavingsQuery({ ...same, ...period });
  // Whose period is given reads whole cases; the year of ceilings reads sums.
  const unbounded = period === undefined ? scopeFaults(same) : [];
  if (!result.success || asked === undefined || unbounded.length > 0)
    throw new FaultsError([...faults, ...others, ...unbounded]);
  return { asked, own: result.data };
}

/** Every case that is asked about is read: of a whole country that is too many. */
function scopeFaults({ municipality, organisation }: Record<string, unknown>): Fault[] {
  if (municipality !== undefined || organisation !== undefined) return [];
  const detail = 'give a municipality or an organisation: this reads every case that it is asked about';
  return [{ pointer: '/municipality', code: 'required', detail }];
}
