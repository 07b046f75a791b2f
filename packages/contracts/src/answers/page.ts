import { z } from 'zod';
import { FaultsError } from '../fault.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';

/** Rows that a page has where no limit is asked, and at most. */
export const PAGE_ROWS = 100;
const PAGE_ROWS_MAX = 1000;

const LIMIT_SAYS = `must be a whole number from 1 to ${PAGE_ROWS_MAX}`;

/** The parameters of every list that comes in pages. */
export const pageParameters = {
  limit: z
    .string({ error: LIMIT_SAYS })
    .regex(/^[1-9]\d{0,3}$/, { error: LIMIT_SAYS })
    .refine((text) => Number(text) <= PAGE_ROWS_MAX, { error: LIMIT_SAYS })
    .meta({ description: `Rows of a page, 1 to ${PAGE_ROWS_MAX}; ${PAGE_ROWS} where left out` })
    .exactOptional(),
  cursor: z
    .string({ error: 'must be the next of the page before' })
    .regex(/^[A-Za-z0-9_-]{1,1000}$/, { error: 'must be the next of the page before' })
    .meta({ description: '`next` of the page before' })
    .exactOptional(),
};

/** The parameters of a list of settings. */
export const pageQuerySchema = z.strictObject(pageParameters);

/** Where the next page starts; null on the last. */
export const next = z
  .string()
  .nullable()
  .meta({ description: 'The cursor of the next page; null where this is the last' });

/**
 * Reads query parameters; an empty one counts as not given.
 * @throws FaultsError naming every fault; pointers are from the query's root, as `/limit`.
 */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  const given = withoutEmpty(query);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new FaultsError(queryFaults(result.error.issues, given));
}
