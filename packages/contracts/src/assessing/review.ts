/** What a team leader says of an assessment. Codes only: a free text could come to be about a resident. */
import { z } from 'zod';
import { type Fault, FaultsError } from '../fault.ts';
import { caseId, oneOf, slug, wholeNumber } from '../fields.ts';
import { identifierFaults } from '../personal-data/identifier-faults.ts';
import { eventDataFaults } from '../personal-data/personal-data-faults.ts';
import { faultsOfIssues } from '../zod-faults.ts';

/** Everything that a team leader can remark, in Dutch as workers read it. */
export const REVIEW_REMARKS = {
  'likelihood-too-high': 'De kans lijkt te hoog',
  'likelihood-too-low': 'De kans lijkt te laag',
  'contribution-too-high': 'De eigen bijdrage lijkt te hoog',
  'contribution-too-low': 'De eigen bijdrage lijkt te laag',
  'service-does-not-fit': 'De dienst past niet bij de hulpvraag',
  'quantity-too-high': 'Het aantal lijkt te hoog',
  'one-off-or-yearly': 'Eenmalig of jaarlijks klopt niet',
  'service-missing': 'Er mist een dienst',
  'counted-elsewhere': 'Deze besparing telt al bij een andere casus mee',
  'similar-cases': 'Het aantal soortgelijke casussen klopt niet',
  wellbeing: 'Positieve gezondheid mist of past niet',
  'talk-together': 'Bespreek deze beoordeling met mij',
} as const;

/** One of `REVIEW_REMARKS`. */
export type ReviewRemark = keyof typeof REVIEW_REMARKS;

const REMARKS = Object.keys(REVIEW_REMARKS) as [ReviewRemark, ...ReviewRemark[]];
const REMARKS_SAY = `must be a list of at most ${REMARKS.length} different remarks`;

/** The decisions of a review. */
export const REVIEW_DECISIONS = ['approved', 'returned'] as const;

const revision = wholeNumber(0, Number.MAX_SAFE_INTEGER).meta({
  description: 'Of the assessment that was looked at',
});

/** Body of `PUT /v1/reviews/{organisation}/{caseId}`. */
export const reviewSchema = z
  .strictObject(
    {
      revision,
      decision: oneOf(REVIEW_DECISIONS),
      remarks: z
        .array(oneOf(REMARKS), { error: REMARKS_SAY })
        .max(REMARKS.length, { error: REMARKS_SAY })
        .refine((remarks) => new Set(remarks).size === remarks.length, { error: REMARKS_SAY })
        .optional()
        .meta({ description: 'Required where it is returned' }),
    },
    { error: 'must be an object with revision, decision and remarks' },
  )
  .meta({ id: 'Review' });

/** Address of a review. */
export const reviewAddressSchema = z.strictObject({ organisation: slug, caseId });

/** A review as it is kept in the bucket: of one revision of one case. */
export const keptReviewSchema = z.strictObject({
  ...reviewAddressSchema.shape,
  revision,
  decision: oneOf(REVIEW_DECISIONS),
  remarks: z.array(oneOf(REMARKS)),
  /** In UTC. */
  reviewedAt: z.iso.datetime(),
});

/** A review as it is kept. */
export type KeptReview = z.infer<typeof keptReviewSchema>;

const NONE: ReadonlySet<string> = new Set();

/** Checks a review. @throws FaultsError naming every fault, and no value */
export function parseReview(address: unknown, body: unknown, now: Date): KeptReview {
  const where = reviewAddressSchema.safeParse(address);
  const what = reviewSchema.safeParse(body);
  const faults: Fault[] = [
    ...(where.success ? [] : faultsOfIssues(where.error.issues, address, NONE)),
    ...(what.success ? [] : faultsOfIssues(what.error.issues, body, NONE)),
    ...personalFaultsOf(address),
  ];
  if (!where.success || !what.success || faults.length > 0) throw new FaultsError(faults);
  const { revision: of, decision, remarks = [] } = what.data;
  if (decision === 'returned' && remarks.length === 0) {
    const detail = 'required: who returns an assessment says what is to be looked at';
    throw new FaultsError([{ pointer: '/remarks', code: 'required', detail }]);
  }
  return { ...where.data, revision: of, decision, remarks, reviewedAt: now.toISOString() };
}

/** What an address holds of a person, by the checks that the event of such a case passes. */
function personalFaultsOf(address: unknown): Fault[] {
  const event = { data: address };
  return [...identifierFaults(event, []), ...eventDataFaults(event)].map((fault) => ({
    ...fault,
    pointer: fault.pointer.replace(/^\/data/, ''),
  }));
}

/** Name of the key-value bucket of reviews. */
export const REVIEW_BUCKET = 'REVIEWS';

/** Days after which a review is forgotten: by then its year is reported. */
export const REVIEW_DAYS = 400;

/** The key of a case in the bucket: its id may hold what a key may not. */
export function reviewKey(organisation: string, id: string): string {
  return `${organisation}.${Buffer.from(id).toString('base64url')}`;
}

/** The key of what is written when a review is removed: it says that something was, not what. */
export const REVIEW_REMOVAL_KEY = '-.removed';
