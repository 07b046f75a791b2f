/** Events a second from what a reader saw of the positions in the stream. */
import { eventNumber } from '@effectstroom/database';
import type { Client } from 'pg';
import { WARM_UP_SHARE } from './bare-insert.ts';
import type { Passed } from './follower.ts';

/** A message holds at most this many events, counted from 0. */
const LAST_INDEX = 511;

/**
 * Over the time after the warming up, between two moments at which a reader saw how far the calculators were.
 * Each partition counts with its own position: with several calculators they are not as far as one another.
 * @throws Error where there are too few events to tell
 */
export async function appliedPerSecond(
  client: Client,
  passed: readonly Passed[],
  events: number,
): Promise<number> {
  const numbers = await numbersByPartition(client);
  const seen = passed.map(({ at, sequences }) => {
    const counted = sequences.map((sequence, partition) => {
      const last = eventNumber({ epoch: 0, sequence, index: LAST_INDEX });
      return countUpTo(numbers[partition] ?? [], last);
    });
    return { at, events: counted.reduce((sum, count) => sum + count, 0) };
  });
  const from = seen.find((one) => one.events >= events * WARM_UP_SHARE);
  const to = seen.find((one) => one.events >= events);
  if (from === undefined || to === undefined || to.at <= from.at)
    throw new Error('Too few events to measure the calculator: give more with --events');
  return ((to.events - from.events) * 1_000) / (to.at - from.at);
}

async function numbersByPartition(client: Client): Promise<bigint[][]> {
  const { rows } = await client.query<{ partition: number; number: string }>(
    `SELECT c.partition, e.number::text FROM event e
    JOIN case_state c ON c.organisation = e.organisation AND c.case_id = e.case_id ORDER BY e.number`,
  );
  const numbers: bigint[][] = [];
  for (const { partition, number } of rows) {
    numbers[partition] ??= [];
    numbers[partition].push(BigInt(number));
  }
  return numbers;
}

/** How many of the numbers, least first, are at most so much. */
function countUpTo(numbers: readonly bigint[], most: bigint): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0n) > most) high = middle;
    else low = middle + 1;
  }
  return low;
}
