import { z } from 'zod';

/** Which edition of a price list is in force on a day. */
export const editionsOn = z
  .array(
    z.object({
      priceList: z.string(),
      from: z.iso
        .date()
        .nullable()
        .meta({ description: 'First day of the edition; null where the list has none yet on that day' }),
    }),
  )
  .meta({ description: 'By price list' });
