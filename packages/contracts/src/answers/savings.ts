import { z } from 'zod';
import { amount, count, moment, quotient } from './amount.ts';
import { basisFilters, rowDimensions } from './basis.ts';
import { DIMENSIONS } from './dimensions.ts';
import { editionsOn } from './edition.ts';
import { roundedAmounts } from './exact-amounts.ts';

const amounts = z
  .object({
    oneOff: amount,
    yearlyFirstYear: amount,
    followingYears: z.array(amount).meta({ description: 'Element k−1 is year k; as long in every row' }),
    total: amount.meta({ description: 'One-off plus yearly, all counted years' }),
  })
  .meta({ id: 'Amounts' });

const range = {
  low: amount,
  high: amount,
  return: z
    .object({ low: quotient.nullable(), high: quotient.nullable() })
    .meta({ description: 'As return; null where that is' }),
};

const interval = z
  .object({
    estimate: amount.meta({ description: 'Corrected total of all cases that the sample stands for' }),
    standardError: amount,
    low: amount.meta({ description: 'Lower end of the interval of 95 %; never below what is counted' }),
    high: amount,
    degreesOfFreedom: quotient
      .nullable()
      .meta({ description: 'After Satterthwaite; null where the cases do not differ' }),
    strata: count.meta({ description: 'Strata of which a sample was taken' }),
    unknownStrata: count.meta({ description: 'Of these, with fewer than two assessed cases' }),
    reliable: z.boolean().meta({ description: 'False where the spread of a stratum is unknown' }),
  })
  .meta({ id: 'SamplingInterval' });

const sampling = z
  .object({
    declared: interval.nullable().meta({
      description: 'Sampled cases weigh similarCases; null where every case stands for itself alone',
    }),
    measured: interval.nullable().meta({
      description: 'Assessed cases stand for the registered ones; null where all are assessed',
    }),
  })
  .meta({ id: 'Sampling' });

const atPrices = z
  .object({
    editions: editionsOn,
    ...roundedAmounts,
    unpriced: amount.meta({
      description: 'Corrected euros of services without a price in that edition: kept as recorded',
    }),
  })
  .meta({ id: 'AtPrices' });

const figures = {
  cases: z.object({
    registered: count.meta({ description: 'Cases that are registered or assessed' }),
    assessed: count,
    represented: count.meta({ description: 'Sum of similarCases of the assessed cases' }),
  }),
  gross: amounts,
  corrected: amounts,
  counted: z
    .object({ gross: amount, corrected: amount })
    .meta({ description: 'The totals without multiplying by similarCases' }),
  estimated: z
    .object({ gross: amount, corrected: amount })
    .meta({ description: 'What similarCases add to what is counted: total − counted' }),
  municipal: z
    .object({ gross: amount, corrected: amount, return: quotient.nullable() })
    .meta({ description: 'The part of the totals whose cost bearer is marked municipal' }),
  cost: amount.nullable(),
  budget: amount.nullable(),
  return: quotient.nullable().meta({ description: 'Corrected total ÷ budget or cost' }),
  returnBasis: z
    .enum(['budget', 'cost'])
    .nullable()
    .meta({ description: 'What return divides by; null where return is null' }),
  net: z.object({ society: amount.nullable(), municipality: amount.nullable() }).meta({
    description:
      'Corrected total, and its municipal part, less what return divides by: below 0 it costs more than it ' +
      'brings in; null where return is null',
  }),
  range: z.object({ ...range, municipal: z.object(range) }).meta({
    description:
      'Corrected total with every likelihood and contribution a step down or up and prices lower or higher; ' +
      'the total itself lies between',
  }),
  breakEven: z
    .object({ society: quotient.nullable(), municipality: quotient.nullable() })
    .meta({ description: 'Odds that the corrected total is at least what return divides by' }),
  sampling: sampling.nullable().meta({
    description:
      'Null in the calendar view, where dimensions of lines are grouped or filtered, and where there are ' +
      'too many strata',
  }),
  atPrices: atPrices
    .exactOptional()
    .meta({ description: 'The same lines at the prices of the day that was asked; only with prices' }),
};

/** What keeps figures from being complete. */
const missing = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('delivery').meta({ description: 'A source has not delivered what was due' }),
      organisation: z.string(),
      source: z.string(),
      lastDelivery: moment.nullable().meta({ description: 'Before asOf; null where it never delivered' }),
      due: z.iso.date().meta({ description: 'The last deadline that passed, of the days asked for' }),
    }),
    z.object({
      kind: z.literal('quarantine').meta({ description: 'Events of these days stand in quarantine' }),
      organisation: z.string(),
      events: count,
    }),
    z.object({
      kind: z.literal('no-rhythm').meta({
        description:
          'It is not known what should have come: nothing is expected as early as these days begin',
      }),
      organisation: z.string(),
    }),
  ])
  .meta({ id: 'Missing' });

/** What the figures rest on: everything that was asked, and the moment they were known. */
const basis = z
  .object({
    ...basisFilters,
    from: z.iso.date(),
    to: z.iso.date(),
    view: z.enum(['cohort', 'calendar']),
    groupBy: z.array(z.enum(DIMENSIONS)),
    prices: z.iso.date().exactOptional().meta({ description: 'The day whose prices were asked' }),
    asOf: moment
      .nullable()
      .meta({ description: 'Everything known up to this moment is in; null while nothing has been applied' }),
    followingYears: count.meta({
      description: "The programme's following years; the largest in force in the period and scope",
    }),
    complete: z.boolean().meta({
      description:
        'Whether everything due before asOf has been delivered by the organisations that the question is about, and ' +
        'nothing of it stands in quarantine; deadlines to come do not count',
    }),
    missing: z.array(missing).meta({ description: 'By organisation; empty where complete' }),
  })
  .meta({ id: 'SavingsBasis' });

const total = z.object(figures).meta({ id: 'SavingsFigures' });

const row = z
  .object({ ...rowDimensions, ...figures })
  .meta({ id: 'SavingsRow', description: 'One group: every grouped dimension, and its figures' });

/** The answer of `GET /v1/savings`. */
export const savingsSchema = z.object({ basis, rows: z.array(row), total }).meta({ id: 'Savings' });

export type Savings = z.infer<typeof savingsSchema>;
export type SavingsBasis = Savings['basis'];
export type SavingsFigures = Savings['total'];
export type SavingsRow = Savings['rows'][number];
