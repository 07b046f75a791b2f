import type { Database } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import type { Audit } from './auditor.ts';
import { eventFaults, readTotals, totalFaults, totalsOf } from './totals.ts';
import { verifyFaults } from './verify.ts';

/**
 * How all that a database holds differs from what it must hold, in sentences; none is right. Everything must
 * be in the totals already.
 * @param url of the same database
 * @param totals where the audit's cases are not all
 */
export async function faultsAgainst(
  { db, url }: { db: Kysely<Database>; url: string },
  audit: Audit,
  totals = totalsOf(audit.cases),
): Promise<string[]> {
  return [
    ...(await verifyFaults(url)),
    ...(await eventFaults(db, audit)),
    ...totalFaults(await readTotals(db), totals),
  ];
}
