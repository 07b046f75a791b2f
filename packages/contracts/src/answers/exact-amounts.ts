/** Amounts that must add up: each rounded to cents, and exact beside it. */
import { z } from 'zod';
import { amount, exactCorrected, exactGross } from './amount.ts';

const ofMunicipal = { description: 'The part whose cost bearer is marked municipal' };

/** Not rounded. */
export const exactAmounts = {
  gross: exactGross,
  corrected: exactCorrected,
  municipal: z.object({ gross: exactGross, corrected: exactCorrected }).meta(ofMunicipal),
};

/** Rounded, each from its own exact value. */
export const roundedAmounts = {
  gross: amount,
  corrected: amount,
  municipal: z.object({ gross: amount, corrected: amount }).meta(ofMunicipal),
};

/** Rounded, with the exact ones. */
export const amountsWithExact = {
  ...roundedAmounts,
  exact: z
    .object(exactAmounts)
    .meta({ id: 'ExactAmounts', description: 'Not rounded: these add up exactly' }),
};
