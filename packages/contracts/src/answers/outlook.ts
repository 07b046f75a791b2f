import { z } from 'zod';
import { amount, count, moment } from './amount.ts';
import { basisFilters, organisationsOfKey, rowDimensions } from './basis.ts';
import { OUTLOOK_DIMENSIONS } from './outlook-query.ts';
import { suppressedMember, suppressionLimitsSchema } from './suppression.ts';

/** Why nothing is expected. */
const UNEXPECTED = ['few-months', 'few-cases', 'ahead'] as const;

const figures = {
  toDate: amount.nullable().meta({ description: 'Corrected savings of the cases dated in the year' }),
  budget: amount.nullable().meta({ description: 'Of the whole year; null where there is none' }),
  budgetToDate: amount
    .nullable()
    .meta({ description: "The budget × the share of the year's days up to and with today" }),
  expected: z
    .object({ low: amount.nullable(), mid: amount, high: amount.nullable() })
    .nullable()
    .meta({
      description:
        'Of the whole year, with a prediction interval of 95 %; without one where the year is over. ' +
        'Null where unexpected says why',
    }),
  months: count.meta({ description: 'Whole months that the expectation rests on' }),
  unexpected: z
    .enum(UNEXPECTED)
    .nullable()
    .meta({
      description:
        'few-months: fewer than three whole months are known. few-cases: one of them is not shown to this key. ' +
        'ahead: the year has yet to begin',
    }),
  suppressed: suppressedMember.exactOptional(),
};

const basis = z
  .object({
    municipality: basisFilters.municipality,
    organisation: basisFilters.organisation,
    programme: basisFilters.programme,
    organisations: organisationsOfKey,
    theme: basisFilters.theme,
    goal: basisFilters.goal,
    workType: basisFilters.workType,
    year: count,
    today: z.iso.date(),
    groupBy: z.array(z.enum(OUTLOOK_DIMENSIONS)),
    observed: z
      .object({ from: z.iso.date(), to: z.iso.date() })
      .nullable()
      .meta({ description: 'The whole months that tell the pace; null where there are none' }),
    monthsLeft: z
      .string()
      .meta({ description: 'What is left of the year, in months, four decimals', example: '6.5000' }),
    asOf: moment.nullable().meta({ description: 'Everything known up to this moment is in' }),
    followingYears: count,
    suppressed: suppressionLimitsSchema.exactOptional(),
  })
  .meta({ id: 'OutlookBasis' });

const total = z.object(figures).meta({ id: 'OutlookFigures' });
const row = z
  .object({
    ...Object.fromEntries(OUTLOOK_DIMENSIONS.map((name) => [name, rowDimensions[name]])),
    ...figures,
  } as Pick<typeof rowDimensions, (typeof OUTLOOK_DIMENSIONS)[number]> & typeof figures)
  .meta({ id: 'OutlookRow', description: 'One group: every grouped dimension, and its figures' });

/** The answer of `GET /v1/outlook`. */
export const outlookSchema = z.object({ basis, rows: z.array(row), total }).meta({ id: 'Outlook' });

export type Outlook = z.infer<typeof outlookSchema>;
export type OutlookFigures = Outlook['total'];
export type OutlookRow = Outlook['rows'][number];
