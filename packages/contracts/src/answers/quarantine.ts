import { z } from 'zod';
import { slug } from '../fields.ts';
import { count, moment } from './amount.ts';
import { next, pageParameters } from './page.ts';

/** The parameters of `GET /v1/quarantine`. */
export const quarantineQuerySchema = z.strictObject({
  organisation: slug.exactOptional(),
  reason: slug.meta({ description: 'Only events with this reason' }).exactOptional(),
  ...pageParameters,
});

/** An event in quarantine: its identity and the reason, never more of what it holds. */
const quarantinedEvent = z
  .object({
    organisation: z.string(),
    source: z.string(),
    id: z.string(),
    type: z.string(),
    caseId: z.string(),
    revision: count,
    reason: z.string(),
    detail: z.string().meta({ description: 'What to add to the settings or to send again' }),
    since: moment.meta({ description: 'When the event became known' }),
  })
  .meta({ id: 'QuarantinedEvent' });

/** The answer of `GET /v1/quarantine`. */
export const quarantineSchema = z
  .object({
    rows: z.array(quarantinedEvent),
    counts: z.record(z.string(), count).meta({ description: 'Events per reason, of all pages and reasons' }),
    unreadable: count
      .nullable()
      .meta({ description: 'Messages that hold no event; null for a key that is limited to organisations' }),
    next,
  })
  .meta({ id: 'Quarantine' });

export type Quarantine = z.infer<typeof quarantineSchema>;
export type QuarantinedRow = Quarantine['rows'][number];
