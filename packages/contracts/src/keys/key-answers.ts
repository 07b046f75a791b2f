import { z } from 'zod';
import { count } from '../answers/amount.ts';
import { next, PAGE_ROWS } from '../answers/page.ts';
import { code } from '../fields.ts';
import { SCOPES } from './key.ts';

const moment = z.iso.datetime().meta({ example: '2026-03-18T09:12:44.000Z' });

/** A key as answers show it: everything but its text, which nobody can read back. */
export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    organisations: z.array(z.string()),
    sources: z.array(z.string()),
    requestsPerMinute: count,
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: moment,
    createdBy: z.string().meta({ description: 'The key that made it' }),
    expiresAt: moment.nullable(),
    revokedAt: moment.nullable(),
    lastUsedOn: z.iso.date().nullable().meta({ description: 'The last day, in UTC, on which it was used' }),
    overlapsUntil: moment.nullable().meta({ description: 'Until when an older text of it works too' }),
  })
  .meta({ id: 'Key' });

/** A key with its new text. */
export const keyWithTextSchema = keySchema
  .extend({ key: z.string().meta({ description: 'The text to send; shown this once', example: 'efs_…' }) })
  .meta({ id: 'KeyWithText' });

/** The answer of `GET /v1/keys`. */
export const keysSchema = z
  .object({ rows: z.array(keySchema), next: next.meta({ description: '`after` of the next page' }) })
  .meta({ id: 'Keys' });

const LIMIT_SAYS = 'must be a whole number from 1 to 1000';

/** `limit` of lists that go on after a row. */
export const limitParameter = z
  .string({ error: LIMIT_SAYS })
  .regex(/^(?:[1-9]\d{0,2}|1000)$/, { error: LIMIT_SAYS })
  .meta({ description: `Rows of a page, 1 to 1000; ${PAGE_ROWS} where left out` });

/** The parameters of `GET /v1/keys`: oldest first. */
export const keysQuerySchema = z.strictObject({
  after: code.meta({ description: '`next` of the page before' }).exactOptional(),
  limit: limitParameter.exactOptional(),
});

/** A key as answers show it. */
export type KeyAnswer = z.infer<typeof keySchema>;
