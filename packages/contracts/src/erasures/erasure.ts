import { z } from 'zod';
import { holdsBsn } from '../bsn.ts';
import type { Fault } from '../fault.ts';
import { caseId, freeText, slug } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { personalDataFaults } from '../personal-data/personal-data-faults.ts';
import { faultsOfIssues } from '../zod-faults.ts';

/** Days that the stream keeps a message: so long after an erasure nothing is left of the case there. */
export const TRANSPORT_DAYS = 30;

/** The erasure of one case, as it is published. The case is named nowhere else. */
export interface Erasure {
  organisation: string;
  caseId: string;
  /** UUID that the certificate is found by. */
  erasure: string;
  /** Free reference of who asked. */
  request?: string;
}

/** What is kept of an erasure in the place of {@link Erasure}: nothing that names the case. */
export interface ErasureRecord {
  organisation: string;
  erasure: string;
  /** Of the stream, in which the case lies. */
  partition: number;
  request?: string;
}

const request = freeText(1, LIMITS.settingsNameLength).meta({
  description: 'Reference of the request; no personal data and not the caseId',
});

/** `data` of the settings event of an erasure. */
export const erasureDataSchema = z.strictObject({
  organisation: slug,
  caseId,
  erasure: z.uuid({ error: 'must be a UUID' }),
  request: request.exactOptional(),
}) satisfies z.ZodType<Erasure>;

/** Body of `POST /v1/erasures`. */
export const erasureRequestSchema = z
  .strictObject(
    { organisation: slug, caseId, request: request.exactOptional() },
    { error: 'must be an object with organisation and caseId, and request where there is a reference' },
  )
  .meta({ id: 'ErasureRequest' });

export type ErasureRequest = z.infer<typeof erasureRequestSchema>;

const NONE: ReadonlySet<string> = new Set();

/** Checks the request to erase a case. Never throws; the faults name no value. */
export function checkErasure(
  body: unknown,
): { request: ErasureRequest; faults?: undefined } | { faults: Fault[]; request?: undefined } {
  const checked = erasureRequestSchema.safeParse(body);
  if (!checked.success) return { faults: faultsOfIssues(checked.error.issues, body, NONE) };
  const { caseId, request } = checked.data;
  const faults: Fault[] = personalDataFaults({ request });
  // What could never be a case's id must not come to stand in the stream either.
  if (holdsBsn(caseId))
    faults.push({ pointer: '/caseId', code: 'bsn', detail: 'holds a BSN: no case has it' });
  if (request?.includes(caseId))
    faults.push({ pointer: '/request', code: 'not-allowed', detail: 'must not hold the caseId: it is kept' });
  return faults.length > 0 ? { faults } : { request: checked.data };
}
