import { z } from 'zod';
import { count, moment } from '../answers/amount.ts';

const failing = z
  .object({
    code: z.string().meta({ description: 'What is wrong, as `not-found`, `unauthorised` or `refused`' }),
    faults: z
      .array(z.object({ column: z.string(), code: z.string() }))
      .meta({ description: 'Of refused zaken: columns that could not be read, and why; never their values' }),
    count,
    zaken: z.array(z.string()).meta({ description: 'URLs of some of these zaken' }),
  })
  .meta({ id: 'FailingZaken' });

const connection = z
  .object({
    code: z.string(),
    organisation: z.string(),
    source: z.string(),
    notifications: z
      .object({
        last: moment.nullable().meta({ description: 'When the last one was taken or ignored' }),
        taken: count.meta({ description: 'Of which the zaak is or was fetched' }),
        ignored: count.meta({ description: 'Of another channel, resource or type of zaak' }),
        refused: count.meta({ description: 'Not of this zaaksysteem, or no notification' }),
      })
      .meta({ description: 'Of the subscription' }),
    poll: z.object({
      last: moment.nullable().meta({ description: 'When pages were last read' }),
      completed: moment.nullable().meta({ description: 'When a round last ended that read every page' }),
      next: moment.nullable(),
      failure: z.string().nullable().meta({ description: 'Why the last one ended early' }),
    }),
    zaken: z.object({
      pending: count.meta({ description: 'Still to be fetched' }),
      delivered: count.meta({ description: 'Known, with a case in the stream' }),
      failing: z.array(failing),
    }),
    cases: z
      .object({
        accepted: count.meta({ description: 'New or changed' }),
        unchanged: count.meta({ description: 'Fetched with nothing new' }),
        withdrawn: count,
      })
      .meta({ description: 'What was sent to the stream' }),
  })
  .meta({ id: 'NotificationConnection' });

/** The answer of `GET /v1/notifications`. Counts are since the folder of ingest was made. */
export const notificationStatusSchema = z
  .object({ connections: z.array(connection) })
  .meta({ id: 'NotificationStatus' });

export type NotificationStatus = z.infer<typeof notificationStatusSchema>;
export type ConnectionStatus = NotificationStatus['connections'][number];
export type FailingZaken = ConnectionStatus['zaken']['failing'][number];
