/** What readers see who may not see small numbers: a key with `read` and without `detail`. */
import { z } from 'zod';
import { count } from './amount.ts';

/** Why figures are not shown. */
export const SUPPRESSIONS = ['few-cases', 'dominated', 'complement'] as const;

/** One of `SUPPRESSIONS`. */
export type Suppression = (typeof SUPPRESSIONS)[number];

/** Says why figures are null. */
export const suppressedMember = z.enum(SUPPRESSIONS).meta({
  description:
    'few-cases: fewer cases than basis.suppressed.fewerThan. dominated: one case may make up more than ' +
    'basis.suppressed.dominancePercent. complement: another figure could be computed from it',
});

/** Stands in the basis of every answer to a key without `detail`. */
export const suppressionLimitsSchema = z
  .object({
    fewerThan: count,
    dominancePercent: count,
    unlisted: z.boolean().meta({
      description: 'Whether suppressed groups were left out, because which there are would tell too much',
    }),
  })
  .meta({
    id: 'SuppressionLimits',
    description: 'Without the scope detail: figures of few cases, or dominated by one, are not shown',
  });

export type SuppressionLimits = z.infer<typeof suppressionLimitsSchema>;
