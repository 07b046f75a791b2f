import { z } from 'zod';
import { amount, count, exactGross, moment } from '../answers/amount.ts';
import { caseMovesSchema } from '../answers/case-moves.ts';
import { amountsWithExact, exactAmounts, roundedAmounts } from '../answers/exact-amounts.ts';
import { next, pageParameters } from '../answers/page.ts';
import { slug } from '../fields.ts';
import { ledgerPartSchema } from '../ledger-part.ts';
import { caseCounts, closingChecksumsSchema } from './figures.ts';

/** The parameters of `GET /v1/closings`. */
export const closingsQuerySchema = z.strictObject({ organisation: slug.exactOptional(), ...pageParameters });

const figures = { cases: caseCounts, ...amountsWithExact };
const withCost = {
  ...{ cases: caseCounts, ...roundedAmounts, cost: amount },
  exact: z.object({ ...exactAmounts, cost: exactGross }).meta({ description: 'Not rounded' }),
};

const reported = z
  .object({
    total: z.object(withCost),
    themes: z.array(z.object({ theme: z.string(), ...withCost })),
    programmes: z.array(z.object({ municipality: z.string(), programme: z.string(), ...withCost })),
    costBearers: z.array(z.object({ costBearer: z.string(), ...amountsWithExact })),
  })
  .meta({
    id: 'ReportedFigures',
    description: 'Cohort view: the cases of the period with all their following years, as known at closedAt',
  });

const afterClosing = z
  .object({
    cases: z.object({ registered: z.int(), assessed: z.int(), represented: z.int() }),
    ...amountsWithExact,
    parts: z
      .array(
        z.object({
          part: ledgerPartSchema,
          label: z.string().meta({ description: 'In Dutch', example: 'Nieuwe casussen' }),
          cases: caseMovesSchema,
          ...amountsWithExact,
        }),
      )
      .meta({ description: 'As GET /v1/compare has them; parts that moved nothing are left out' }),
  })
  .meta({
    id: 'AfterClosing',
    description:
      'What became known after the closing, of cases dated in the period; the parts add up exactly',
  });

const address = { organisation: z.string(), period: z.string().meta({ example: '2025-Q1' }) };
const state = {
  note: z.string().nullable(),
  closedAt: moment.meta({
    description:
      'When the closing became known. Reported is what stands before it in the stream: the same as what was known then, ' +
      'as far as clocks agree',
  }),
  sealedAt: moment.nullable().meta({
    description: 'When the figures were fixed: seconds after closedAt; null until then',
  }),
  checksums: closingChecksumsSchema.nullable(),
};

const row = z
  .object({
    ...{ ...address, ...state },
    cases: count.nullable().meta({ description: 'Registered or assessed, as reported' }),
    gross: amount.nullable(),
    corrected: amount.nullable(),
    municipal: roundedAmounts.municipal.nullable(),
  })
  .meta({ id: 'ClosingRow' });

/** The answer of `GET /v1/closings`. */
export const closingsSchema = z
  .object({ rows: z.array(row).meta({ description: 'By organisation and period' }), next })
  .meta({ id: 'Closings' });

/** The answer of `GET /v1/closings/{organisation}/{period}`: reported + afterClosing = now, exactly. */
export const closingAnswerSchema = z
  .object({
    ...{ ...address, from: z.iso.date(), to: z.iso.date(), ...state },
    asOf: moment.nullable().meta({ description: 'The moment of now' }),
    reported: reported.nullable().meta({ description: 'Null until sealed; it never changes after that' }),
    afterClosing: afterClosing.nullable().meta({ description: 'Null until sealed' }),
    now: z.object(figures),
  })
  .meta({ id: 'Closing' });

export type ClosingRow = z.infer<typeof row>;
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;
