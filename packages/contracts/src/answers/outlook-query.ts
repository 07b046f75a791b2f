import { z } from 'zod';
import { FaultsError } from '../fault.ts';
import { civilDate, code, municipality, slug } from '../fields.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';

/** What an expected year end is grouped by and filtered on: budgets and work, nothing about residents. */
export const OUTLOOK_DIMENSIONS = [
  ...(['municipality', 'organisation', 'programme', 'theme', 'goal', 'workType'] as const),
] as const;

export type OutlookDimension = (typeof OUTLOOK_DIMENSIONS)[number];

const NAMES = OUTLOOK_DIMENSIONS.join('|');
const GROUPS_SAY = `must be one comma list out of ${OUTLOOK_DIMENSIONS.join(', ')}, each once`;
const YEAR_SAYS = 'must be a year, written 2025';

/** The parameters of `GET /v1/outlook`, as they are sent. */
export const outlookQuerySchema = z.strictObject({
  year: z
    .string({ error: YEAR_SAYS })
    .regex(/^(?:19[3-9]\d|20\d\d|2100)$/, { error: YEAR_SAYS })
    .meta({ description: 'Calendar year; that of today where left out', example: '2025' })
    .exactOptional(),
  today: civilDate
    .meta({ description: 'Work it out as on this day; today in Amsterdam where left out' })
    .exactOptional(),
  groupBy: z
    .string({ error: GROUPS_SAY })
    .regex(new RegExp(`^(?:${NAMES})(?:, ?(?:${NAMES})){0,5}$`), { error: GROUPS_SAY })
    .refine((text) => new Set(namesIn(text)).size === namesIn(text).length, { error: GROUPS_SAY })
    .meta({ description: `Comma list out of ${OUTLOOK_DIMENSIONS.join(', ')}`, example: 'theme' })
    .exactOptional(),
  municipality: municipality.exactOptional(),
  organisation: slug.exactOptional(),
  programme: slug.exactOptional(),
  theme: code.exactOptional(),
  goal: code.exactOptional(),
  workType: code.exactOptional(),
});

/** A checked question for the expected year end. */
export interface OutlookQuery {
  year: number;
  /** Civil date in Amsterdam. */
  today: string;
  /** In the order asked. */
  groupBy: OutlookDimension[];
  filters: Partial<Record<OutlookDimension, string>>;
}

/**
 * Reads the parameters of `GET /v1/outlook`; an empty parameter counts as not given.
 * @param now civil date in Amsterdam, where the question names no day
 * @throws FaultsError naming every fault; pointers are from the query's root, as `/year`.
 */
export function parseOutlookQuery(parameters: unknown, now: string): OutlookQuery {
  const given = withoutEmpty(parameters);
  const result = outlookQuerySchema.safeParse(given);
  if (!result.success) throw new FaultsError(queryFaults(result.error.issues, given));
  const { year, today = now, groupBy = '', ...filters } = result.data;
  const names = namesIn(groupBy);
  return {
    year: Number(year ?? today.slice(0, 4)),
    today,
    groupBy: OUTLOOK_DIMENSIONS.filter((name) => names.includes(name)).sort(
      (one, other) => names.indexOf(one) - names.indexOf(other),
    ),
    filters: filters as OutlookQuery['filters'],
  };
}

function namesIn(list: string): string[] {
  return list === '' ? [] : list.split(',').map((name) => name.trim());
}
