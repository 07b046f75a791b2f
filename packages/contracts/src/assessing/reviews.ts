/** Assessments with what a team leader said of them. */
import { z } from 'zod';
import { amount, count, moment } from '../answers/amount.ts';
import { next, pageParameters } from '../answers/page.ts';
import { oneOf } from '../fields.ts';
import { shownReview } from './case-form.ts';
import { assessingFilters, assessingPeriod, listedCase } from './worklist.ts';

/** The parameters of `GET /v1/reviews`. */
export const reviewsQuerySchema = z.strictObject({
  ...assessingFilters,
  ...assessingPeriod,
  decision: oneOf(['open', 'approved', 'returned'])
    .meta({ description: 'Only assessments that nobody looked at, or of which this was decided' })
    .exactOptional(),
  ...pageParameters,
});

const level = z.union([z.enum(['certain', 'probable', 'possible']), count]).nullable();

const line = z
  .object({
    service: z.string().nullable(),
    name: z.string().nullable().meta({ description: 'Of the service, in the price list as in force' }),
    amount: amount.nullable().meta({ description: 'Where the assessment states one' }),
    quantity: z.string().nullable(),
    costBearer: z.string().nullable(),
    costBearerName: z.string().nullable(),
    likelihood: level,
    contribution: level,
    recurrence: z.enum(['one-off', 'yearly']),
  })
  .meta({ id: 'ReviewedLine' });

const row = z
  .object({
    ...listedCase,
    source: z.string(),
    knownAt: moment.meta({ description: 'When the assessment became known' }),
    wellbeing: z.string().nullable(),
    similarCases: count,
    lines: z.array(line),
    gross: amount.meta({ description: 'All counted years, with similar cases' }),
    corrected: amount,
    review: shownReview.nullable(),
  })
  .meta({ id: 'ReviewedAssessment' });

/** The answer of `GET /v1/reviews`. */
export const reviewsSchema = z
  .object({
    rows: z.array(row).meta({
      description: 'The newest first. A page can have fewer rows than asked for: go on while there is a next',
    }),
    next,
  })
  .meta({ id: 'Reviews' });

export type Reviews = z.infer<typeof reviewsSchema>;
export type ReviewedAssessment = Reviews['rows'][number];
