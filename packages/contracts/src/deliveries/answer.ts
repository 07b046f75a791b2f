import { z } from 'zod';
import { count, moment, quotient } from '../answers/amount.ts';
import { next, pageParameters } from '../answers/page.ts';
import { municipality, slug } from '../fields.ts';
import { deliveriesDataSchema, RHYTHMS } from './expected-deliveries.ts';

const YEAR_SAYS = 'must be a year, written 2022';

/** The parameters of `GET /v1/deliveries`. */
export const deliveriesQuerySchema = z.strictObject({
  municipality: municipality.exactOptional(),
  organisation: slug.exactOptional(),
  year: z
    .string({ error: YEAR_SAYS })
    .regex(/^(?!0000)\d{4}$/, { error: YEAR_SAYS })
    .meta({ description: 'Of the cases; this year in Amsterdam where left out', example: '2022' })
    .exactOptional(),
  ...pageParameters,
});

const counts = {
  registered: count.nullable().meta({
    description:
      'Cases dated in the month that are registered or assessed; null where few, for keys without the scope detail',
  }),
  assessed: count.nullable().meta({ description: 'Null likewise' }),
};

const month = z
  .object({
    month: z.string().meta({ example: '2022-03' }),
    ...counts,
    lastYear: z.object(counts).meta({ description: 'The same month of the year before' }),
  })
  .meta({ id: 'DeliveryMonth' });

const row = z
  .object({
    organisation: z.string(),
    source: z.string().meta({ description: '`source` of the events' }),
    name: z.string().nullable().meta({ description: 'Null where nothing is expected of the source' }),
    rhythm: z.enum(RHYTHMS).nullable(),
    graceDays: count.nullable(),
    from: z.iso.date().nullable().meta({ description: 'First day of which cases are expected' }),
    to: z.iso.date().nullable().meta({ description: 'Last day of which cases are expected' }),
    lastDelivery: moment
      .nullable()
      .meta({ description: 'When the newest event of the source became known; null where none did' }),
    due: z.iso.date().nullable().meta({ description: 'The last deadline that has passed' }),
    onTime: z.boolean().nullable().meta({
      description: 'Whether what was due by then has come; null where nothing was due yet, or is expected',
    }),
    months: z.array(month).length(12).meta({
      description: 'Cases stand with the source of the event that counts for them now',
    }),
    quarantined: count.meta({ description: 'Events of the source that stand in quarantine, of any date' }),
    refused: count.nullable().meta({
      description: 'Events and rows that ingest refused in the last 90 days; null where that is not known',
    }),
    shareAssessed: quotient.nullable().meta({
      description: 'Assessed ÷ registered cases of the year; null where there are none, or a month is null',
    }),
  })
  .meta({ id: 'Delivery' });

/** The answer of `GET /v1/deliveries`. */
export const deliveriesAnswerSchema = z
  .object({
    year: z.int(),
    asOf: moment
      .nullable()
      .meta({ description: 'Everything known up to this moment is in; deadlines go by it' }),
    rows: z.array(row).meta({ description: 'By organisation and source' }),
    next,
  })
  .meta({ id: 'DeliveriesAnswer' });

const knownAt = moment.meta({ description: 'When this version became known' });

/** The answer of `GET /v1/deliveries/{organisation}`: what is expected, and its history. */
export const deliveriesHistorySchema = z
  .object({
    ...deliveriesDataSchema.shape,
    knownAt,
    history: z
      .array(z.object({ knownAt, body: deliveriesDataSchema }))
      .meta({ description: 'Every version, newest first' }),
  })
  .meta({ id: 'DeliveriesHistory' });

export type DeliveriesAnswer = z.infer<typeof deliveriesAnswerSchema>;
export type DeliveryRow = DeliveriesAnswer['rows'][number];
