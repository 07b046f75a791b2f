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
    database: z
      .object({
        role: z.enum(['primary', 'replica']).meta({
          description: 'Which PostgreSQL this portal reads from now: the one written to, or a copy',
        }),
        behindSeconds: count
          .nullable()
          .meta({ description: 'Seconds that it is behind at most; null where nobody can tell' }),
      })
      .meta({ description: 'Where figures are read from now' }),
  })
  .meta({ id: 'Status' });

export type Status = z.infer<typeof statusSchema>;
