import { z } from 'zod';
import { municipality } from '../fields.ts';

/** The answer of `GET /v1/municipalities`. */
export const municipalitiesSchema = z
  .object({
    rows: z
      .array(z.object({ code: municipality, name: z.string() }))
      .meta({ description: 'By code; a municipality that is not listed is known by its code only' }),
  })
  .meta({ id: 'Municipalities' });

export type Municipalities = z.infer<typeof municipalitiesSchema>;
