/** Erases again what was erased after a back-up that was put back, as an administrator would: through ingest. */
import { statusSchema } from '@effectstroom/contracts';
import { StartFault } from '../start-fault.ts';
import { findErased, requireErasedList } from './erased-list.ts';

const ANSWER_WITHIN_MS = 30_000;

export interface EraseAgainOptions {
  /** Of all back-ups: the list stands in it. */
  folder: string;
  databaseUrl: string;
  /** Of ingest and portal, which must run, as must the calculator. */
  ingestUrl: string;
  portalUrl: string;
  /** Admin key. */
  key: string;
}

/**
 * Each erasure gets a certificate of its own, beside the earlier one that is lost.
 * @returns how many erasures are on the list, and how many cases of it were found and asked to be erased
 * @throws {StartFault} where there is no list, not all is applied yet, or ingest does not take one: then do it
 * again, the others are done
 */
export async function eraseAgain({
  folder,
  databaseUrl,
  ingestUrl,
  portalUrl,
  key,
}: EraseAgainOptions): Promise<{ listed: number; found: number }> {
  const listed = requireErasedList(folder);
  const { applied } = statusSchema.parse(JSON.parse(await ask(`${portalUrl}/v1/status`, key)));
  // What is not applied yet may bring a case back that cannot be found now.
  if (applied.pending > 0)
    throw new StartFault(`Nog ${applied.pending} berichten te verwerken: wis opnieuw als dat er 0 zijn.`);
  const found = await findErased(folder, databaseUrl);
  for (const { organisation, caseId } of found)
    await ask(`${ingestUrl}/v1/erasures`, key, JSON.stringify({ organisation, caseId }));
  return { listed, found: found.length };
}

/** @param body is posted where it is given */
async function ask(url: string, key: string, body?: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
  const posted = body === undefined ? {} : { method: 'POST', body };
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const response = await fetch(url, { ...posted, headers, signal }).catch((cause: unknown) => {
    throw new StartFault(
      `${url} antwoordt niet. Draait alles? Geef anders INGEST_URL en PORTAL_URL op (of de poorten).`,
      { cause },
    );
  });
  const text = await response.text();
  if (!response.ok)
    throw new StartFault(`Opnieuw wissen lukte niet: ${url} antwoordt met ${response.status} ${text}`);
  return text;
}
