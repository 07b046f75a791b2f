/** Everything that is needed to assess one case. */
import { z } from 'zod';
import { amount, count, moment } from '../answers/amount.ts';
import { CASE_TYPES, WELLBEING } from '../case-event.ts';
import { avoidedLineSchema } from '../case-event-schema.ts';
import { REVIEW_DECISIONS, reviewSchema } from './review.ts';

const text = z.string().nullable();
const percent = count.meta({ description: 'Percent' });

/** A review as answers show it. */
export const shownReview = z
  .object({
    revision: count,
    decision: z.enum(REVIEW_DECISIONS),
    remarks: reviewSchema.shape.remarks.unwrap(),
    reviewedAt: moment,
  })
  .meta({ id: 'ShownReview' });

/** What an assessment of the case says, now or before. */
const assessment = z
  .object({
    revision: count,
    avoided: z.array(avoidedLineSchema),
    similarCases: count,
    cost: amount,
    wellbeing: z.enum(WELLBEING).nullable(),
  })
  .meta({ id: 'GivenAssessment' });

const service = z
  .object({
    service: z.string(),
    name: z.string(),
    unit: z.string(),
    price: amount,
    costBearer: z.string(),
    costBearerName: z.string(),
  })
  .meta({ id: 'PricedService' });

/** The answer of `GET /v1/assessments/{organisation}/{caseId}`. */
export const caseFormSchema = z
  .object({
    organisation: z.string(),
    municipality: z.string(),
    programme: z.string(),
    programmeName: z.string(),
    caseId: z.string(),
    revision: count.meta({ description: 'The highest that is known, also of events in quarantine' }),
    type: z.enum([CASE_TYPES.registered, CASE_TYPES.assessed]),
    date: z.iso.date(),
    theme: z.string(),
    themeName: text,
    goal: text,
    goalName: text,
    workType: text,
    workTypeName: text,
    targetGroup: text,
    supportType: text,
    team: text,
    wellbeing: z.enum(WELLBEING).nullable(),
    scale: z
      .object({ certain: percent, probable: percent, possible: percent })
      .nullable()
      .meta({ description: 'In force on the date of the case' }),
    followingYears: count.nullable(),
    services: z
      .array(service)
      .meta({ description: 'Of the price list, as in force on the date of the case' }),
    costBearers: z.array(z.object({ code: z.string(), name: z.string(), municipal: z.boolean() })),
    current: assessment.nullable().meta({ description: 'The assessment that counts' }),
    former: assessment
      .nullable()
      .meta({ description: 'The last assessment, where an event without one took its place' }),
    review: shownReview.nullable().meta({ description: 'Of the current assessment' }),
  })
  .meta({ id: 'CaseForm' });

export type CaseForm = z.infer<typeof caseFormSchema>;
export type GivenAssessment = z.infer<typeof assessment>;
export type PricedService = z.infer<typeof service>;
export type ShownReview = z.infer<typeof shownReview>;
