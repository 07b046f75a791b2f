import { z } from 'zod';
import { type ExplainedPart, type ExplainedStep, type Explanation, explainSchema } from './explain.ts';
import {
  type Suppression,
  type SuppressionLimits,
  suppressedMember,
  suppressionLimitsSchema,
} from './suppression.ts';

const { basis, steps, parts, sum, exact } = explainSchema.shape;
const nothing = { sum: z.null(), exact: z.null(), suppressed: suppressedMember };

/** The answer of `GET /v1/explain` to any key. Without `detail`, cases and the sums of pages are not told. */
export const publicExplainSchema = explainSchema
  .extend({
    basis: basis
      .extend({ suppressed: suppressionLimitsSchema.exactOptional() })
      .meta({ id: 'PublicExplainBasis' }),
    steps: z.array(z.union([steps.element, steps.element.extend(nothing)])),
    sum: sum.nullable(),
    exact: exact.nullable(),
    suppressed: suppressedMember.exactOptional(),
    parts: z.array(z.union([parts.element, parts.element.extend(nothing)])),
  })
  .meta({ id: 'PublicExplanation' });

/** A sum that is not shown. */
export type HiddenSum<Shown> = Omit<Shown, 'sum' | 'exact'> & {
  sum: null;
  exact: null;
  suppressed: Suppression;
};

/** An explanation in which some sums are not shown. */
export interface PublicExplanation
  extends Omit<Explanation, 'basis' | 'steps' | 'sum' | 'exact' | 'parts' | 'pages'> {
  basis: Explanation['basis'] & { suppressed: SuppressionLimits };
  steps: (ExplainedStep | HiddenSum<ExplainedStep>)[];
  sum: string | null;
  exact: string | null;
  suppressed?: Suppression;
  parts: (ExplainedPart | HiddenSum<ExplainedPart>)[];
  /** What a page adds up to would tell the part that is hidden on it: null. */
  pages: null;
}
