import { z } from 'zod';
import { pageParameters } from '../answers/page.ts';
import type { Fault } from '../fault.ts';
import { code, freeText, municipality, oneOf, slug, uriReference } from '../fields.ts';
import { faultsOfIssues } from '../zod-faults.ts';
import { ROW_STATUSES } from './import-answers.ts';

const flag = oneOf(['true', 'false']);

const VERSION_SAYS = 'must be a whole number from 1';
const version = z
  .string({ error: VERSION_SAYS })
  .regex(/^[1-9]\d{0,8}$/, { error: VERSION_SAYS })
  .meta({ description: 'The newest where left out' });

const ROW_SAYS = 'must be a row number';

/** The parameters of `POST /v1/imports`. */
export const importQuerySchema = z.strictObject({
  mapping: code.meta({ description: 'Left out: a mapping is proposed, and nothing is kept' }).exactOptional(),
  version: version.exactOptional(),
  dryRun: flag.meta({ description: 'Everything but publishing' }).exactOptional(),
  full: flag
    .meta({ description: 'The file holds every case of this organisation and source' })
    .exactOptional(),
  name: freeText(1, 200).meta({ description: 'File name, shown in lists and reports' }).exactOptional(),
  municipality: municipality.meta({ description: 'For a proposal, as the next three' }).exactOptional(),
  organisation: slug.exactOptional(),
  source: uriReference.exactOptional(),
  programme: slug.exactOptional(),
});

/** The parameters of `GET /v1/imports`. */
export const importsQuerySchema = z.strictObject(pageParameters);

/** The parameters of `GET /v1/imports/{id}/report`. */
export const reportQuerySchema = z.strictObject({
  status: oneOf(ROW_STATUSES).exactOptional(),
  after: z
    .string({ error: ROW_SAYS })
    .regex(/^\d{1,9}$/, { error: ROW_SAYS })
    .meta({ description: '`next` of the page before' })
    .exactOptional(),
  limit: pageParameters.limit,
});

/** The parameters of `GET /v1/imports/{id}/vanished`. */
export const vanishedQuerySchema = z.strictObject({
  after: freeText(1, 64).meta({ description: '`next` of the page before' }).exactOptional(),
  limit: pageParameters.limit,
});

const COUNT_SAYS = 'must be the count of the preview';

/** Body of `POST /v1/imports/{id}/vanished/withdraw`. */
export const withdrawalSchema = z.strictObject(
  {
    count: z.int({ error: COUNT_SAYS }).min(1, { error: 'must be at least 1' }),
    reason: oneOf(['error', 'consent']),
  },
  { error: 'must be an object with count and reason' },
);

/** The parameters of `GET /v1/mappings/{code}`. */
export const mappingQuerySchema = z.strictObject({ version: version.exactOptional() });

/** A withdrawal of vanished cases, or every fault of it. */
export type WithdrawalResult =
  | { withdrawal: z.infer<typeof withdrawalSchema>; faults?: undefined }
  | { faults: Fault[]; withdrawal?: undefined };

/** Checks the body of a withdrawal. Never throws; the faults name no value. */
export function checkWithdrawal(body: unknown): WithdrawalResult {
  const checked = withdrawalSchema.safeParse(body);
  if (checked.success) return { withdrawal: checked.data };
  return { faults: faultsOfIssues(checked.error.issues, body, new Set()) };
}
