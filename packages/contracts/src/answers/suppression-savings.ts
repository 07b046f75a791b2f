import { z } from 'zod';
import {
  type Savings,
  type SavingsBasis,
  type SavingsFigures,
  type SavingsRow,
  savingsSchema,
} from './savings.ts';
import {
  type Suppression,
  type SuppressionLimits,
  suppressedMember,
  suppressionLimitsSchema,
} from './suppression.ts';

const { basis, rows, total } = savingsSchema.shape;
const nothing = Object.fromEntries(Object.keys(total.shape).map((name) => [name, z.null()])) as {
  [Name in keyof SavingsFigures]: z.ZodNull;
};

const hiddenTotal = total
  .extend({ ...nothing, suppressed: suppressedMember })
  .partial({ atPrices: true })
  .meta({ id: 'SuppressedFigures', description: 'Figures that are not shown' });

const hiddenRow = rows.element
  .extend({ ...nothing, suppressed: suppressedMember })
  .partial({ atPrices: true })
  .meta({ id: 'SuppressedRow', description: 'A group whose figures are not shown' });

/** The answer of `GET /v1/savings` to any key. */
export const publicSavingsSchema = z
  .object({
    basis: basis
      .extend({ suppressed: suppressionLimitsSchema.exactOptional() })
      .meta({ id: 'PublicSavingsBasis' }),
    rows: z.array(z.union([rows.element, hiddenRow])),
    total: z.union([total, hiddenTotal]),
  })
  .meta({ id: 'PublicSavings' });

type Hidden<Figures> = {
  [Name in keyof Figures]: Name extends keyof SavingsFigures ? null : Figures[Name];
} & { suppressed: Suppression };

/** A savings answer in which some figures are not shown: each of them is null. */
export interface PublicSavings {
  basis: SavingsBasis & { suppressed: SuppressionLimits };
  rows: (Savings['rows'][number] | Hidden<SavingsRow>)[];
  total: SavingsFigures | Hidden<SavingsFigures>;
}
