/** Which moments a reader may ask for who may not see small numbers. */
import { civilDateAt, FaultsError } from '@effectstroom/contracts';
import { type Database, isClosedAt } from '@effectstroom/database';
import type { Kysely } from 'kysely';

const SAYS =
  'must be 00:00 in Amsterdam on the first day of a month, or closedAt of a closing of the organisation asked, ' +
  'for a key without the scope detail: moments close together differ by single cases';

/**
 * Few moments, that are not chosen to lie around one event.
 * @param asOf RFC 3339 in UTC with six decimals; undefined is now
 * @param organisation the one that is asked for
 * @throws FaultsError
 */
export async function checkPublicMoment(
  db: Kysely<Database>,
  asOf: string | undefined,
  organisation: string | undefined,
): Promise<void> {
  if (asOf === undefined || isStartOfMonth(asOf)) return;
  if (organisation !== undefined && (await isClosedAt(db, organisation, asOf))) return;
  throw new FaultsError([{ pointer: '/asOf', code: 'range', detail: SAYS }]);
}

/** Whether a month starts then in Amsterdam. */
export function isStartOfMonth(moment: string): boolean {
  if (!moment.endsWith('.000000Z')) return false;
  const at = Date.parse(moment);
  const day = civilDateAt(new Date(at));
  return day.endsWith('-01') && civilDateAt(new Date(at - 1)) !== day;
}
