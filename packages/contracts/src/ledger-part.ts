import { z } from 'zod';

/** Why an entry of the ledger was made, in the order of answers: what each means is told in the database package. */
export const ledgerPartSchema = z.enum([
  ...(['new', 'corrected', 'withdrawn', 'price', 'percentage', 'quantity', 'factor'] as const),
  ...(['settings', 'erasure', 'software'] as const),
]);
