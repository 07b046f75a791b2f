import { z } from 'zod';
import { municipality, slug, timestamp } from '../fields.ts';

const PERIOD_SAYS =
  'must be a year, quarter or month, written 2025, 2025-Q1 or 2025-03, or two days, written ' +
  '2025-01-01--2025-06-30';
const DAY = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';

/** The days that a report is about; that days exist and come in order, the questions for figures see. */
export const reportPeriodSchema = z
  .string({ error: PERIOD_SAYS })
  .regex(new RegExp(`^(?!0000)(?:\\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?|${DAY}--${DAY})$`), {
    error: PERIOD_SAYS,
  })
  .meta({ description: 'A year, quarter or month, or two days (both inclusive)', example: '2025-Q1' });

/** Address of a report. */
export const reportAddressSchema = z.strictObject({
  municipality,
  organisation: slug,
  programme: slug,
  period: reportPeriodSchema,
});

/** Address of the report of a programme over a period. */
export type ReportAddress = z.infer<typeof reportAddressSchema>;

/** The parameters of `GET /v1/reports`. */
export const keptReportsQuerySchema = z.strictObject({
  municipality: municipality.exactOptional(),
  organisation: slug.exactOptional(),
  programme: slug.exactOptional(),
});

/** The parameters of a report. */
export const effectReportQuerySchema = z.strictObject({
  asOf: timestamp.meta({ description: 'Take what was known up to this moment (RFC 3339)' }).exactOptional(),
  closing: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .meta({ description: 'Take what was reported when this period of the organisation was closed' })
    .exactOptional(),
  lang: z
    .enum(['nl', 'en'], { error: 'must be nl or en' })
    .meta({ description: 'Language of text/html, application/pdf and XLSX; nl where left out' })
    .exactOptional(),
});
