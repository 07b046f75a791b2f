import { z } from 'zod';
import { code } from '../fields.ts';
import {
  priceListAddressSchema,
  priceListSchema,
  programmeAddressSchema,
  programmeSchema,
} from '../settings-schema.ts';
import { moment } from './amount.ts';
import { next } from './page.ts';

export { priceListAddressSchema, programmeAddressSchema };

const knownAt = moment.meta({ description: 'When this version became known' });
const programme = z.object({ ...programmeAddressSchema.shape, ...programmeSchema.shape });
const priceList = z.object({ ...priceListSchema.shape, code });

function history<Body extends z.ZodType>(body: Body) {
  return z.array(z.object({ knownAt, body })).meta({ description: 'Every version, newest first' });
}

const programmeRow = z.object({
  ...programmeAddressSchema.shape,
  name: z.string(),
  method: z.enum(['preventiecalculator', 'sroi']),
  priceList: z.string().nullable(),
  knownAt,
});

const priceListRow = z.object({ code, name: z.string(), note: z.string().nullable(), knownAt });

/** The answer of `GET /v1/programmes`. */
export const programmesSchema = z.object({ rows: z.array(programmeRow), next }).meta({ id: 'Programmes' });

/** The answer of `GET /v1/programmes/…` for one programme: in force, and its history. */
export const programmeHistorySchema = z
  .object({ ...programme.shape, knownAt, history: history(programme) })
  .meta({ id: 'ProgrammeHistory' });

/** The answer of `GET /v1/price-lists`. */
export const priceListsSchema = z.object({ rows: z.array(priceListRow), next }).meta({ id: 'PriceLists' });

/** The answer of `GET /v1/price-lists/{code}`: in force, and its history. */
export const priceListHistorySchema = z
  .object({ ...priceList.shape, knownAt, history: history(priceList) })
  .meta({ id: 'PriceListHistory' });

export type ProgrammeRow = z.infer<typeof programmeRow>;
export type PriceListRow = z.infer<typeof priceListRow>;
