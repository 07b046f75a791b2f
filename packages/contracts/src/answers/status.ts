import { z } from 'zod';
import { count, moment } from './amount.ts';

/** The answer of `GET /v1/status`. */
export const statusSchema = z
  .object({
    stream: z.object({
      lastSequence: count.meta({ description: 'The last message of the stream of cases and settings' }),
    }),
    applied: z.object({
      sequence: count.meta({ description: 'Every message up to this one is in the totals' }),
      pending: count.meta({ description: 'Messages not applied yet; 0: every accepted event is in' }),
    }),
    quarantined: count.meta({ description: 'Events that cannot count now' }),
    newestEventAt: moment
      .nullable()
      .meta({ description: 'The moment the newest recorded event became known' }),
    revaluations: z
      .array(z.object({ partition: count, sequence: count, casesDone: count }))
      .meta({ description: 'Settings that are being applied: cases valued again so far' }),
  })
  .meta({ id: 'Status' });

export type Status = z.infer<typeof statusSchema>;
