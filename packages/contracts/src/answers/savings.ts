import { z } from 'zod';
import { amount, count, moment, quotient } from './amount.ts';
import { DIMENSIONS, type Dimension } from './dimensions.ts';

const amounts = z
  .object({
    oneOff: amount,
    yearlyFirstYear: amount,
    followingYears: z.array(amount).meta({ description: 'Element k−1 is year k; as long in every row' }),
    total: amount.meta({ description: 'One-off plus yearly, all counted years' }),
  })
  .meta({ id: 'Amounts' });

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
};

const dimensionValue = z.string().nullable();
const rowDimensions = Object.fromEntries(
  DIMENSIONS.map((dimension) => [dimension, dimensionValue.exactOptional()]),
) as Record<Dimension, z.ZodExactOptional<typeof dimensionValue>>;

const filterValue = z.string().exactOptional();
const basisFilters = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, filterValue])) as Record<
  Exclude<Dimension, 'municipality' | 'organisation' | 'programme'>,
  typeof filterValue
>;

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
    municipality: z.string().nullable(),
    organisation: z.string().nullable(),
    programme: z.string().nullable(),
    organisations: z.array(z.string()).exactOptional().meta({
      description: 'The organisations of the key, where no organisation was asked and the key is limited',
    }),
    from: z.iso.date(),
    to: z.iso.date(),
    view: z.enum(['cohort', 'calendar']),
    groupBy: z.array(z.enum(DIMENSIONS)),
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
