/** What is stored of the cases and identities that events name. */
import {
  type CaseKey,
  type Database,
  type Identity,
  readCases,
  readIdentities,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { carryOn, takeUpCase } from './case-in-hand.ts';
import { type Arrival, caseKeyOf, identityOf, type Stored } from './fold.ts';

/** What is known without asking PostgreSQL. */
export interface Known {
  /** Of this batch. */
  stored: Stored;
  /** Of the batch that is being written: what it names is as it leaves it. */
  under: Stored | undefined;
  /** Whether identities that neither names are looked up. */
  lookUp: boolean;
}

/**
 * Reads what of these arrivals is not known yet. The batch may go on meanwhile: the answer adds to `stored` what has
 * not come into it since.
 */
export async function readStored(
  db: Kysely<Database>,
  arrivals: readonly Arrival[],
  { stored, under, lookUp }: Known,
): Promise<(stored: Stored) => void> {
  const identities: Identity[] = [];
  const cases = new Map<string, CaseKey>();
  const found: Stored = { cases: new Map(), identities: new Map() };
  for (const { organisation, source, identity, caseKey, event } of arrivals) {
    const content = under?.identities.get(identity);
    if (content !== undefined) found.identities.set(identity, content);
    else if (lookUp && !stored.identities.has(identity))
      identities.push({ organisation, source, id: event.id });
    if (stored.cases.has(caseKey)) continue;
    const inHand = under?.cases.get(caseKey);
    if (inHand !== undefined) found.cases.set(caseKey, carryOn(inHand));
    else cases.set(caseKey, { organisation, caseId: event.data.caseId });
  }
  if (identities.length > 0)
    for (const { organisation, source, id, payload } of await readIdentities(db, identities))
      found.identities.set(identityOf(organisation, source, id), { payload });
  if (cases.size > 0)
    for (const known of await readCases(db, [...cases.values()]))
      found.cases.set(caseKeyOf(known.organisation, known.caseId), takeUpCase(known));
  return (batch) => {
    for (const [key, content] of found.identities)
      if (!batch.identities.has(key)) batch.identities.set(key, content);
    for (const [key, inHand] of found.cases) if (!batch.cases.has(key)) batch.cases.set(key, inHand);
  };
}
