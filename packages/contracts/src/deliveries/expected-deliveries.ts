import { z } from 'zod';
import { civilDate, freeText, oneOf, slug, uriReference, wholeNumber } from '../fields.ts';
import { LIMITS } from '../limits.ts';

/** How often a source delivers: civil days, weeks from Monday, months, quarters or years. */
export const RHYTHMS = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

/** One of `RHYTHMS`. */
export type Rhythm = (typeof RHYTHMS)[number];

/** When a source of an organisation is expected to deliver. */
export interface ExpectedSource {
  /** `source` of its events. */
  source: string;
  name: string;
  rhythm: Rhythm;
  /** Days after the end of an interval in which its delivery is still on time. */
  graceDays: number;
  /** First day of which cases are expected. */
  from: string;
  /** Last day of which cases are expected; absent where there is none yet. */
  to?: string;
}

/** The sources of an organisation as they are published and kept: in order of `source`. */
export interface Deliveries {
  organisation: string;
  sources: ExpectedSource[];
}

const SOURCES_SAYS = `must be a list of 0 to ${LIMITS.expectedSources} items`;
const GRACE_DAYS_MAX = 366;

const expectedSource = z
  .strictObject(
    {
      source: uriReference.meta({ description: '`source` of its events' }),
      name: freeText(1, LIMITS.settingsNameLength),
      rhythm: oneOf(RHYTHMS).meta({
        description:
          'How often it delivers: by day, week from Monday, month, quarter or year. An interval has been ' +
          'delivered once an event came on its last day or later.',
      }),
      graceDays: wholeNumber(0, GRACE_DAYS_MAX).meta({
        description: 'Days after the end of an interval in which its delivery is still on time',
      }),
      from: civilDate.meta({ description: 'First day of which cases are expected' }),
      to: civilDate.meta({ description: 'Last day of which cases are expected' }).optional(),
    },
    { error: 'must be an object with source, name, rhythm, graceDays, from, to' },
  )
  .meta({ id: 'ExpectedSource' });

/** Body of `PUT /v1/deliveries/{organisation}`. */
export const deliveriesSchema = z
  .strictObject(
    {
      sources: z
        .array(expectedSource, { error: SOURCES_SAYS })
        .max(LIMITS.expectedSources, { error: SOURCES_SAYS }),
    },
    { error: 'must be an object with sources' },
  )
  .meta({ id: 'Deliveries' });

/** Address of the deliveries of an organisation. */
export const deliveriesAddressSchema = z.strictObject({ organisation: slug });

/** `data` of the settings event. */
export const deliveriesDataSchema = z.strictObject({
  ...deliveriesAddressSchema.shape,
  ...deliveriesSchema.shape,
});

/** Checked deliveries as they are kept: in order of source, members in a fixed order. */
export function normaliseDeliveries(
  organisation: string,
  { sources }: z.infer<typeof deliveriesSchema>,
): Deliveries {
  return {
    organisation,
    sources: sources
      .map(({ source, name, rhythm, graceDays, from, to }) => ({
        ...{ source, name, rhythm, graceDays, from },
        ...(to === undefined ? {} : { to }),
      }))
      .sort((one, other) => (one.source < other.source ? -1 : 1)),
  };
}
