import { z } from 'zod';
import { count } from '../answers/amount.ts';
import { next } from '../answers/page.ts';
import { FAULT_CODES, type FaultCode } from '../fault.ts';
import { civilDate, freeText } from '../fields.ts';
import { limitParameter } from './key-answers.ts';
import { knownPointer } from './known-pointer.ts';

/** Name of the JetStream stream that keeps what was refused. */
export const REFUSAL_STREAM = 'REFUSALS';

/** Its subjects: one for each key. */
export const REFUSAL_SUBJECTS = 'refusals.*';

/** Limits of the stream and of one record. */
export const REFUSAL_LIMITS = {
  /** Records that are kept of one key; the oldest go. */
  recordsPerKey: 1000,
  days: 90,
  bytes: 256 * 1024 * 1024,
  faults: 50,
  keyLength: 300,
} as const;

/** The subject of a key's refusals; of requests without a known key where `key` is null. */
export function refusalSubject(key: string | null): string {
  if (key === null) return 'refusals.unknown';
  // A token of a subject holds no dot, star or white space; "=" keeps a key of the name "unknown" apart.
  return `refusals.=${encodeURIComponent(key).replaceAll('.', '%2E').replaceAll('*', '%2A')}`;
}

/** A fault of a refused request: where and what. The pointer ends before a name that is not the contract's. */
const refusalFaultSchema = z.object({
  index: count.exactOptional(),
  pointer: z.string(),
  code: z.enum(Object.keys(FAULT_CODES) as [FaultCode, ...FaultCode[]]),
});

/** What is kept of a refused request: never anything that was sent in it. */
export const refusalSchema = z
  .object({
    time: z.iso.datetime(),
    key: z.string().nullable().meta({ description: 'Id of the key; null where none was known' }),
    route: z.string().meta({ example: 'POST /v1/events' }),
    status: z.int().meta({ example: 400 }),
    organisation: z
      .string()
      .exactOptional()
      .meta({ description: 'Only where all that was sent is of one, valid and covered by the key' }),
    source: z.string().exactOptional().meta({ description: 'Under the same conditions' }),
    count: count.meta({ description: 'Events or rows that were refused; 1 for anything else' }),
    faults: z.array(refusalFaultSchema).meta({ description: `The first ${REFUSAL_LIMITS.faults}` }),
  })
  .meta({ id: 'Refusal' });

/** What is kept of a refused request: a message of the stream is one of these in JSON. */
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * Faults as a record keeps them: the first ones, each with its place and code only. A code that is none of ours is
 * left out, and a pointer ends before a name that a sender made up.
 */
export function refusalFaults(
  faults: readonly { index?: number | undefined; pointer: string; code: string }[],
): Refusal['faults'] {
  return faults.slice(0, REFUSAL_LIMITS.faults).flatMap(({ index, pointer, code }) => {
    if (!isFaultCode(code)) return [];
    return [{ ...(index !== undefined && { index }), pointer: knownPointer(pointer), code }];
  });
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_CODES, code);
}

/** Reads a message of the stream; undefined where it is none of ours. */
export function parseRefusal(text: string): Refusal | undefined {
  try {
    return refusalSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The parameters of `GET /v1/refusals`; the days are civil ones in Europe/Amsterdam, both inclusive. */
export const refusalsQuerySchema = z.strictObject({
  key: freeText(1, REFUSAL_LIMITS.keyLength).meta({ description: 'Id of a key' }).exactOptional(),
  from: civilDate.exactOptional(),
  to: civilDate.exactOptional(),
  after: z
    .string({ error: 'must be the next of the page before' })
    .regex(/^\d{1,15}$/, { error: 'must be the next of the page before' })
    .meta({ description: '`next` of the page before' })
    .exactOptional(),
  limit: limitParameter.exactOptional(),
});

/** The answer of `GET /v1/refusals`: oldest first. */
export const refusalsSchema = z
  .object({
    rows: z.array(refusalSchema),
    next: next.meta({
      description:
        '`after` of the next page, which may be empty and have a next one; null where this is the last',
    }),
  })
  .meta({ id: 'Refusals' });

/** The answer of `GET /v1/refusals`. */
export type Refusals = z.infer<typeof refusalsSchema>;
