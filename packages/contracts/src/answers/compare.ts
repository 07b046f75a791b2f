import { z } from 'zod';
import { ledgerPartSchema } from '../ledger-part.ts';
import { amount, count, moment } from './amount.ts';
import { basisFilters, rowDimensions } from './basis.ts';
import { caseMovesSchema } from './case-moves.ts';
import { DIMENSIONS } from './dimensions.ts';
import { editionsOn } from './edition.ts';
import { amountsWithExact } from './exact-amounts.ts';

/** Parts of a change between two periods, in the order of answers. */
export const PERIOD_PARTS = ['volume', 'mix', 'value', 'price', 'factor'] as const;

const difference = z.int();

const figures = z
  .object({
    cases: z.object({ registered: count, assessed: count, represented: count }),
    ...amountsWithExact,
  })
  .meta({ id: 'ComparedFigures' });

const settingsCause = z.object({
  kind: z.literal('settings'),
  settings: z.object({ kind: z.string(), key: z.string(), knownAt: moment }),
  cases: caseMovesSchema,
  corrected: amount,
});

const cause = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('events'), cases: caseMovesSchema, corrected: amount }),
    settingsCause,
  ])
  .meta({ id: 'Cause', description: 'What moved cases, and by how much' });

const part = z
  .object({
    part: z.enum([...ledgerPartSchema.options, ...PERIOD_PARTS]),
    label: z.string().meta({ description: 'In Dutch', example: 'Nieuwe casussen' }),
    cases: caseMovesSchema.nullable().meta({
      description: 'Between moments: the sums over all causes. Null between periods: see difference',
    }),
    ...amountsWithExact,
    causes: z.array(cause).exactOptional().meta({
      description: 'Between moments: the causes that moved most, at most ten',
    }),
  })
  .meta({ id: 'ComparedPart' });

const compared = {
  before: figures,
  after: figures,
  difference: z.object({
    cases: z.object({ registered: difference, assessed: difference, represented: difference }),
    ...amountsWithExact,
  }),
  parts: z.array(part).meta({ description: 'Their exact amounts add up to those of difference' }),
  atConstantPrices: z
    .object({
      ...amountsWithExact,
      unpriced: amount.meta({
        description:
          'Of the corrected amount: services without a price before, which keep their own. Amounts that events ' +
          'state themselves are kept too',
      }),
    })
    .nullable()
    .meta({ description: 'After at the prices of the end of before; null between moments' }),
};

const side = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    asOf: moment.nullable().meta({ description: 'Everything known up to this moment is in' }),
  })
  .meta({ id: 'ComparedSide' });

const basis = z
  .object({
    ...basisFilters,
    kind: z.enum(['moments', 'periods']),
    view: z.enum(['cohort', 'calendar']),
    groupBy: z.array(z.enum(DIMENSIONS)),
    before: side,
    after: side,
    age: count.nullable().meta({ description: 'Days after the end of its period at which each is known' }),
    prices: z
      .object({
        day: z.iso.date(),
        editions: editionsOn,
      })
      .nullable()
      .meta({ description: 'Of atConstantPrices: in force on the last day of before' }),
  })
  .meta({ id: 'CompareBasis' });

const total = z.object(compared).meta({ id: 'Compared' });

const row = z.object({ ...rowDimensions, ...compared }).meta({
  id: 'ComparedRow',
  description: 'One group. Between periods a month, quarter or year stands beside the one as far into before',
});

/** The answer of `GET /v1/compare`. */
export const compareSchema = z.object({ basis, rows: z.array(row), total }).meta({ id: 'Comparison' });

export type Comparison = z.infer<typeof compareSchema>;
export type CompareBasis = Comparison['basis'];
export type Compared = Comparison['total'];
export type ComparedFigures = Compared['before'];
export type ComparedPart = Compared['parts'][number];
export type ComparedPartName = ComparedPart['part'];
export type ComparedCause = NonNullable<ComparedPart['causes']>[number];
