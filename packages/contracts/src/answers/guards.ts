/** Guards against overclaiming: what may be counted twice, too high, or otherwise than it turned out. */
import { z } from 'zod';
import { amount, count, exactCorrected, moment, quotient } from './amount.ts';
import { filtersAsked, organisationsOfKey } from './basis.ts';
import { GUARD_FILTERS } from './guards-query.ts';
import { next } from './page.ts';

const text = z.string().nullable();

const basis = z
  .object({
    ...filtersAsked(GUARD_FILTERS),
    organisations: organisationsOfKey,
    from: z.iso.date(),
    to: z.iso.date(),
    asOf: moment.nullable(),
  })
  .meta({ id: 'GuardBasis' });

const euros = z.object({ corrected: amount, exact: exactCorrected });

/** The answer of `GET /v1/guards/double-claims`. */
export const doubleClaimsSchema = z
  .object({
    basis: basis.extend({
      months: count,
      comparedAt: moment.nullable().meta({
        description:
          'Up to when claims of several organisations were compared; null before the first time. ' +
          'With asOf the last time by then that something else was found',
      }),
    }),
    cases: z
      .object({ assessed: count, withResident: count, double: count })
      .meta({ description: 'Only cases with a residentKey can be compared' }),
    all: euros.meta({ description: 'What all cases save' }),
    double: euros.meta({ description: 'What the possible double claims come to, of all pages' }),
    without: euros.meta({ description: 'All without the possible double claims' }),
    rows: z.array(
      z.object({
        organisation: z.string(),
        caseId: z.string(),
        date: z.iso.date(),
        team: text,
        service: z.string(),
        ...euros.shape,
        across: z
          .enum(['organisations', 'teams', 'same-team'])
          .meta({ description: 'Whether another organisation or team claimed the same before' }),
        earlier: z
          .object({ organisation: text, caseId: text, date: z.iso.date().nullable(), team: text })
          .meta({ description: 'The claim before; all null where the key may not read its organisation' }),
      }),
    ),
    next,
  })
  .meta({ id: 'DoubleClaims' });

const decimal = z
  .string()
  .regex(/^-?\d+\.\d{4}$/)
  .meta({ description: 'Units with four decimals', example: '1250.0000' });

const claimed = z.object({
  quantity: decimal
    .nullable()
    .meta({ description: 'Gross ÷ unit price; null where the ceiling is an amount' }),
  gross: amount,
  corrected: amount,
});

/** The answer of `GET /v1/guards/ceilings`. */
export const ceilingsSchema = z
  .object({
    basis: basis.extend({ year: count }),
    rows: z.array(
      z.object({
        municipality: z.string(),
        organisation: z.string(),
        programme: z.string(),
        service: z.string(),
        ceiling: z.object({
          quantity: decimal.nullable(),
          amount: amount.nullable(),
          source: text.meta({ description: 'Where the ceiling comes from' }),
        }),
        cases: count,
        claimed: claimed.meta({ description: 'In this calendar year' }),
        share: quotient.nullable().meta({ description: 'Claimed ÷ ceiling; null for a ceiling of nothing' }),
        over: z.boolean(),
        above: claimed.meta({ description: 'The part of claimed above the ceiling' }),
      }),
    ),
  })
  .meta({ id: 'Ceilings' });

const outcomes = z.object({ stayedAway: count, partly: count, usedAnyway: count });

const followUp = {
  assessed: count,
  followed: count.meta({ description: 'Followed up in time' }),
  outcomes,
  realised: quotient
    .nullable()
    .meta({ description: '(stayed away + half of partly) ÷ followed; null where none was' }),
  claimed: quotient.nullable().meta({
    description: 'The likelihood (A) claimed for these same cases: the mean of their lines, each case once',
  }),
  difference: quotient.nullable().meta({ description: 'Realised − claimed' }),
  tooEarly: outcomes.meta({ description: 'Followed up before six months' }),
  tooLate: outcomes.meta({ description: 'Followed up after twelve months' }),
};

/** The answer of `GET /v1/guards/follow-up`. */
export const followUpSchema = z
  .object({
    basis: basis.extend({
      groupBy: z.array(z.enum(['theme', 'goal', 'team'])),
      months: z.object({ least: count, most: count }),
    }),
    rows: z.array(
      z.object({
        theme: z.string().exactOptional(),
        goal: text.exactOptional(),
        organisation: z.string().exactOptional(),
        team: text.exactOptional(),
        ...followUp,
      }),
    ),
    total: z.object(followUp),
  })
  .meta({ id: 'FollowUps' });

const share = quotient;
const spread = z
  .object({
    mean: quotient.meta({ description: 'Mean of the lines, as a share: 0.7000 is 70 %' }),
    quartiles: z.tuple([quotient, quotient, quotient]).meta({ description: 'First, median and third' }),
    levels: z
      .object({ certain: share, probable: share, possible: share, number: share })
      .meta({ description: 'Share of the lines with each level, or with a number' }),
    difference: quotient
      .nullable()
      .meta({ description: 'Mean per case, less that of the other teams; null without others' }),
    standardError: quotient.nullable().meta({ description: 'Of the difference; null where it is not known' }),
    stands: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether the difference is more than three standard errors' }),
  })
  .nullable();

const teamSpread = {
  cases: count,
  lines: count,
  likelihood: spread,
  contribution: spread,
};

/** The answer of `GET /v1/guards/spread`. */
export const spreadSchema = z
  .object({
    basis: basis.extend({ groupBy: z.array(z.enum(['team', 'theme'])) }),
    rows: z.array(
      z.object({ organisation: z.string(), team: text, theme: z.string().exactOptional(), ...teamSpread }),
    ),
    total: z.object(teamSpread).meta({ description: 'All teams together' }),
  })
  .meta({ id: 'Spread' });

export type DoubleClaimsAnswer = z.infer<typeof doubleClaimsSchema>;
export type CeilingsAnswer = z.infer<typeof ceilingsSchema>;
export type FollowUpAnswer = z.infer<typeof followUpSchema>;
export type SpreadAnswer = z.infer<typeof spreadSchema>;
