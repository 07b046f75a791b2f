import { z } from 'zod';
import { type Compared, type Comparison, compareSchema } from './compare.ts';
import {
  type Suppression,
  type SuppressionLimits,
  suppressedMember,
  suppressionLimitsSchema,
} from './suppression.ts';

const { basis, rows, total } = compareSchema.shape;
const nothing = {
  ...{ before: z.null(), after: z.null(), difference: z.null() },
  suppressed: suppressedMember,
};

/** The answer of `GET /v1/compare` to any key. Without `detail`, `parts` are empty: they tell smaller groups. */
export const publicCompareSchema = z
  .object({
    basis: basis
      .extend({ suppressed: suppressionLimitsSchema.exactOptional() })
      .meta({ id: 'PublicCompareBasis' }),
    rows: z.array(
      z.union([rows.element, rows.element.extend(nothing).meta({ id: 'SuppressedComparedRow' })]),
    ),
    total: z.union([total, total.extend(nothing).meta({ id: 'SuppressedCompared' })]),
  })
  .meta({ id: 'PublicComparison' });

type Hidden<Row> = Omit<Row, 'before' | 'after' | 'difference'> & {
  before: null;
  after: null;
  difference: null;
  suppressed: Suppression;
};

/** A comparison in which some rows are not shown. */
export interface PublicComparison {
  basis: Comparison['basis'] & { suppressed: SuppressionLimits };
  rows: (Comparison['rows'][number] | Hidden<Comparison['rows'][number]>)[];
  total: Compared | Hidden<Compared>;
}
