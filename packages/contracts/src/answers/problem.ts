import { z } from 'zod';
import { moment } from './amount.ts';

/** A problem as RFC 9457 has it, with the extensions that answers use. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .exactOptional()
      .meta({ description: 'Every fault; the pointer names the parameter, as /groupBy' }),
    latest: moment
      .nullable()
      .exactOptional()
      .meta({ description: 'The latest moment that asOf can ask for' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });
