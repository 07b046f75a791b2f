import { z } from 'zod';
import { civilDate, freeText, oneOf } from '../fields.ts';
import { LIMITS } from '../limits.ts';

const OF_FILES = 'Of a price list that is sent as CSV or XLSX';

/** The parameters of `PUT /v1/price-lists/{code}`. */
export const priceListQuerySchema = z.strictObject({
  dryRun: oneOf(['true', 'false'])
    .meta({ description: 'Show the list and what it would change; nothing is published' })
    .exactOptional(),
  name: freeText(1, LIMITS.settingsNameLength)
    .meta({ description: `${OF_FILES}: its name. Required there` })
    .exactOptional(),
  note: freeText(0, LIMITS.settingsNoteLength)
    .meta({ description: `${OF_FILES}: its note` })
    .exactOptional(),
  from: civilDate
    .meta({ description: `${OF_FILES}: from when prices hold, where the row does not say` })
    .exactOptional(),
  replace: oneOf(['true', 'false'])
    .meta({ description: `${OF_FILES}: it is the whole list, and editions that it does not hold go` })
    .exactOptional(),
  removes: oneOf(['true', 'false'])
    .meta({
      description: `${OF_FILES}: prices may disappear by it, or what it replaces is not known; else 409`,
    })
    .exactOptional(),
});

export type PriceListQuery = z.infer<typeof priceListQuerySchema>;
