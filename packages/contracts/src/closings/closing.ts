import { z } from 'zod';
import { lastDayOfMonth } from '../civil-date.ts';
import type { Fault } from '../fault.ts';
import { freeText, slug } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { personalDataFaults } from '../personal-data/personal-data-faults.ts';
import { faultsOfIssues } from '../zod-faults.ts';

/** A closing as it is published and kept: the figures of a period stay as they are known then. */
export interface Closing {
  organisation: string;
  /** `2025`, `2025-Q1` or `2025-03`. */
  period: string;
  note?: string;
}

const PERIOD_SAYS = 'must be a year, quarter or month, written 2025, 2025-Q1 or 2025-03';

/** A period that can be closed. */
export const closingPeriodSchema = z
  .string({ error: PERIOD_SAYS })
  .regex(/^(?!0000)\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?$/, { error: PERIOD_SAYS })
  .meta({ description: 'A year, quarter or month', example: '2025-Q1' });

/** Address of a closing. */
export const closingAddressSchema = z.strictObject({ organisation: slug, period: closingPeriodSchema });

/** Body of `PUT /v1/closings/{organisation}/{period}`. */
export const closingSchema = z
  .strictObject(
    {
      note: freeText(0, LIMITS.settingsNoteLength)
        .meta({ description: 'What it was reported for; no personal data' })
        .optional(),
    },
    { error: 'must be an object, empty or with note' },
  )
  .meta({ id: 'NewClosing' });

/** `data` of the settings event. */
export const closingDataSchema = z.strictObject({ ...closingAddressSchema.shape, ...closingSchema.shape });

/** The answer of `PUT /v1/closings/{organisation}/{period}`. */
export const closingAcceptedSchema = z
  .object({
    accepted: z.literal(1),
    closing: z.string().meta({
      description: 'Path on the portal, where it stands within seconds',
      example: '/v1/closings/meerwaarde/2025-Q1',
    }),
    note: z.string().meta({ description: 'What becomes of it where the period was closed before' }),
  })
  .meta({ id: 'ClosingAccepted' });

export type ClosingAccepted = z.infer<typeof closingAcceptedSchema>;

const NONE: ReadonlySet<string> = new Set();

/** No case is of before: whoever closes an earlier year mistyped it. */
const FIRST_YEAR = 2000;

/**
 * Checks a closing: its address and the body that was sent. Never throws; the faults name no value.
 * @param today civil date in Europe/Amsterdam: a period that has not ended cannot be closed
 */
export function checkClosing(
  address: { organisation: string; period: string },
  body: unknown,
  today: string,
): { settings: Closing; faults?: undefined } | { faults: Fault[]; settings?: undefined } {
  const checked = closingSchema.safeParse(body);
  const faults = [
    ...addressFaults(address, today),
    ...(checked.success ? [] : faultsOfIssues(checked.error.issues, body, NONE)),
    ...personalDataFaults(body),
  ];
  if (!checked.success || faults.length > 0) return { faults };
  return { settings: normaliseClosing({ ...address, ...checked.data }) };
}

/** A checked closing as it is kept: members in a fixed order. */
export function normaliseClosing({ organisation, period, note }: z.infer<typeof closingDataSchema>): Closing {
  return { organisation, period, ...(note === undefined ? {} : { note }) };
}

/** Faults of the address stand at the body's root: there is no pointer into a URL. */
function addressFaults(address: { organisation: string; period: string }, today: string): Fault[] {
  const checked = closingAddressSchema.safeParse(address);
  if (!checked.success)
    return faultsOfIssues(checked.error.issues, address, NONE).map(({ pointer, code, detail }) => ({
      pointer: '',
      code,
      detail: `${pointer.slice(1)} in the address: ${detail}`,
    }));
  const range = (must: string): Fault[] => [
    { pointer: '', code: 'range', detail: `period in the address: ${must}` },
  ];
  if (Number(address.period.slice(0, 4)) < FIRST_YEAR) return range(`must not be before ${FIRST_YEAR}`);
  if (lastDayOf(address.period) < today) return [];
  return range('must have ended before today, in Amsterdam');
}

/** The last day of a year, quarter or month, as `YYYY-MM-DD`. */
function lastDayOf(period: string): string {
  const [year, part] = [period.slice(0, 4), period.slice(5)];
  if (part === '') return `${year}-12-31`;
  const month = part.startsWith('Q') ? 3 * Number(part.slice(1)) : Number(part);
  return lastDayOfMonth(`${year}-${String(month).padStart(2, '0')}-01`);
}
