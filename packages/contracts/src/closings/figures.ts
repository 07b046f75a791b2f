import { z } from 'zod';
import { count, exactGross } from '../answers/amount.ts';
import { exactAmounts } from '../answers/exact-amounts.ts';

export const caseCounts = z.object({
  registered: count.meta({ description: 'Cases that are registered or assessed' }),
  assessed: count,
  represented: count.meta({ description: 'Sum of similarCases of the assessed cases' }),
});

const exactFigures = z.object({
  cases: caseCounts,
  ...exactAmounts,
  cost: exactGross,
});

/**
 * What is fixed when a period is closed: the savings of its cases with all their following years (cohort
 * view), by what stands before the closing in the stream. Lists are in order of their codes; a cost bearer of
 * whom nothing is saved has no row.
 */
export const closingFiguresSchema = z.object({
  organisation: z.string(),
  period: z.string(),
  closedAt: z.string(),
  total: exactFigures,
  themes: z.array(z.object({ theme: z.string(), ...exactFigures.shape })),
  programmes: z.array(z.object({ municipality: z.string(), programme: z.string(), ...exactFigures.shape })),
  costBearers: z.array(z.object({ costBearer: z.string(), ...exactAmounts })),
});

/** SHA-256, lower-case hexadecimal. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The checksums of a closing. */
export const closingChecksumsSchema = z
  .object({
    events: hash.meta({ description: 'Of the sorted hashes of the lines of the counted cases' }),
    settings: hash.meta({ description: 'Of the sorted hashes of the lines of programmes and price lists' }),
    totals: hash.meta({ description: 'Of the figures' }),
    all: hash.meta({ description: 'Of the three' }),
  })
  .meta({ id: 'ClosingChecksums', description: 'SHA-256; what of exactly, is told with the bundle' });

export type ClosingFigures = z.infer<typeof closingFiguresSchema>;
export type ExactFigures = z.infer<typeof exactFigures>;
export type ClosingChecksums = z.infer<typeof closingChecksumsSchema>;
