/** Members that the answers about figures share: their groups, and what they say that was asked. */
import { z } from 'zod';
import { DIMENSIONS, type Dimension } from './dimensions.ts';

const dimensionValue = z.string().nullable();

/** Of a row: every grouped dimension; null where a case has no value. */
export const rowDimensions = Object.fromEntries(
  DIMENSIONS.map((dimension) => [dimension, dimensionValue.exactOptional()]),
) as Record<Dimension, z.ZodExactOptional<typeof dimensionValue>>;

const filterValue = z.string().exactOptional();

/** These filters, where they were asked. */
export function filtersAsked<Name extends Dimension>(names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, filterValue])) as Record<Name, typeof filterValue>;
}

/** The organisations of the key. */
export const organisationsOfKey = z.array(z.string()).exactOptional().meta({
  description: 'The organisations of the key, where no organisation was asked and the key is limited',
});

/** Every filter, and whose cases the answer is about. */
export const basisFilters = {
  ...filtersAsked(DIMENSIONS),
  municipality: z.string().nullable(),
  organisation: z.string().nullable(),
  programme: z.string().nullable(),
  organisations: organisationsOfKey,
};
