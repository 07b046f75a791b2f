export {
  type AssessmentAccepted,
  type AssessmentPreview,
  membersOf,
  type SentAssessment,
} from './assessment.ts';
export { ASSESSMENT_SOURCE } from './assessment-source.ts';
export type { CaseForm, GivenAssessment, PricedService, ShownReview } from './case-form.ts';
export {
  type KeptReview,
  keptReviewSchema,
  parseReview,
  REVIEW_BUCKET,
  REVIEW_DAYS,
  REVIEW_REMARKS,
  REVIEW_REMOVAL_KEY,
  type ReviewRemark,
  reviewAddressSchema,
  reviewKey,
} from './review.ts';
export { type ReviewedAssessment, type Reviews, reviewsQuerySchema } from './reviews.ts';
export {
  parseWorklistQuery,
  type WaitingCase,
  type Worklist,
  type WorklistQuery,
} from './worklist.ts';
