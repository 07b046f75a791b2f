import { z } from 'zod';
import { Refused } from './faults.ts';

const MOST_WAIT_SECONDS = 3600;

const problemSchema = z.object({
  detail: z.string().catch(''),
  errors: z
    .array(
      z.object({
        index: z.int().optional().catch(undefined),
        pointer: z.string().optional().catch(undefined),
        row: z.int().optional().catch(undefined),
        column: z.string().optional().catch(undefined),
        code: z.string(),
        detail: z.string().catch(''),
      }),
    )
    .catch([]),
});

/** The refusal in an answer: a problem (RFC 9457) of the server, or whatever stands between. */
export function refusalOf(status: number, retryAfter: string | null, text: string): Refused {
  const { data } = problemSchema.safeParse(jsonOf(text));
  const seconds = /^\d{1,9}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  const waitMs = seconds === undefined ? undefined : Math.min(seconds, MOST_WAIT_SECONDS) * 1000;
  // The page of a proxy is of no use to anyone.
  return new Refused(status, data?.detail ?? '', data?.errors ?? [], waitMs);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
