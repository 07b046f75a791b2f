import { caseLine } from '@effectstroom/contracts';
import { type Database, keepErasedLines, readClosedEvents } from '@effectstroom/database';
import type { Transaction } from 'kysely';

/**
 * Keeps what closings need of events that are about to be erased: their lines in the bundle, which name
 * nobody. Call it in the transaction that removes the events, before it does.
 * @param organisation its number
 * @param numbers of the events of the case; those that counted in no closing leave nothing
 * @returns how many lines are kept
 */
export async function keepClosingLines(
  tx: Transaction<Database>,
  organisation: number,
  numbers: readonly bigint[],
): Promise<number> {
  const events = await readClosedEvents(tx, organisation, numbers);
  const lines = events.map(({ period, payload }) => ({ period, ...caseLine(payload) }));
  await keepErasedLines(tx, organisation, lines);
  return lines.length;
}
