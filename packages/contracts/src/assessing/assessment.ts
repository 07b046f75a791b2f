/** An assessment as a worker gives it: what would have happened, without anything that names somebody. */
import { z } from 'zod';
import { amount, count, exactGross } from '../answers/amount.ts';
import { WELLBEING } from '../case-event.ts';
import { avoidedLineSchema } from '../case-event-schema.ts';
import { type Fault, nameForDetail, pointerTo } from '../fault.ts';
import { caseId, money, oneOf, slug, wholeNumber } from '../fields.ts';
import { LIMITS } from '../limits.ts';

const said = {
  avoided: z.array(avoidedLineSchema).min(1).max(LIMITS.avoidedLines),
  similarCases: wholeNumber(1, 100_000).optional().meta({ default: 1 }),
  cost: money
    .optional()
    .meta({ description: 'Of the help itself; what the case said before where it is left out' }),
};

/** Body of `POST /v1/assessments/{organisation}/{caseId}`. */
export const assessmentSchema = z
  .strictObject({
    revision: wholeNumber(0, Number.MAX_SAFE_INTEGER).meta({
      description: 'The `revision` that was shown: an assessment of a case that changed since is refused',
    }),
    ...said,
    wellbeing: oneOf(WELLBEING).optional(),
  })
  .meta({ id: 'NewAssessment' });

/** Body of `POST /v1/assessments/preview`. */
export const previewSchema = z
  .strictObject({ organisation: slug, caseId, ...said })
  .meta({ id: 'AssessmentPreviewQuestion' });

/** The answer of `POST /v1/assessments/{organisation}/{caseId}`. */
export const assessmentAcceptedSchema = z
  .object({ accepted: z.literal(1), revision: count.meta({ description: 'Of the assessment' }) })
  .meta({ id: 'AssessmentAccepted' });

const previewLine = z.object({
  years: z.array(exactGross).meta({ description: 'Element k: of one case, k years after its date' }),
  gross: amount.meta({ description: 'All counted years, with similar cases' }),
  corrected: amount,
  formula: z.string().meta({ description: 'How it was worked out, in Dutch' }),
});

/** The answer of `POST /v1/assessments/preview`. Nothing of it was stored. */
export const previewAnswerSchema = z
  .object({
    lines: z.array(previewLine).meta({ description: 'In the order of `avoided`' }),
    similarCases: count,
    factor: z.string().meta({ description: 'Correction factor, four decimals', example: '0.9000' }),
    oneOff: amount.meta({ description: 'After correction' }),
    yearly: amount.meta({ description: 'After correction, all counted years' }),
    gross: amount,
    corrected: amount,
    exact: z
      .object({ gross: exactGross, corrected: z.string().regex(/^-?\d+\.\d{10}$/) })
      .meta({ description: 'The totals, not rounded' }),
  })
  .meta({ id: 'AssessmentPreview' });

export type AssessmentAccepted = z.infer<typeof assessmentAcceptedSchema>;
export type AssessmentPreview = z.infer<typeof previewAnswerSchema>;

/** A body with the members of an assessment, each still to be checked as the event checks it. */
export interface SentAssessment {
  revision?: unknown;
  organisation?: unknown;
  caseId?: unknown;
  avoided?: unknown;
  wellbeing?: unknown;
  similarCases?: unknown;
  cost?: unknown;
}

/**
 * The members that a body has of these, and a fault for every other one. What their values may be is said by
 * the
 * contract of events: the assessment is checked as the event that it becomes.
 */
export function membersOf(
  body: unknown,
  names: readonly (keyof SentAssessment)[],
): { sent: SentAssessment; faults: Fault[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const detail = `must be an object with ${names.join(', ')}`;
    return { sent: {}, faults: [{ pointer: '', code: 'type', detail }] };
  }
  const known: ReadonlySet<string> = new Set(names);
  const faults = Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name): Fault => {
      const detail = `unknown field ${nameForDetail(name)}: leave it out`;
      return { pointer: pointerTo([name]), code: 'unknown-field', detail };
    });
  return { sent: body, faults };
}
