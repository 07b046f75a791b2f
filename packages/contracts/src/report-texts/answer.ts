import { z } from 'zod';
import { moment } from '../answers/amount.ts';
import { programmeAddressSchema } from '../settings-schema.ts';
import { reportTextsSchema } from './report-texts.ts';

const knownAt = moment.meta({ description: 'When this version became known' });
const body = z.object({ ...programmeAddressSchema.shape, ...reportTextsSchema.shape });

/** The answer of `GET /v1/report-texts/…`: the texts in force, and every version they have had. */
export const reportTextsHistorySchema = z
  .object({
    ...body.shape,
    knownAt,
    history: z.array(z.object({ knownAt, body })).meta({ description: 'Every version, newest first' }),
  })
  .meta({ id: 'ReportTextsHistory' });
