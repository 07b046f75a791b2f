/**
 * Work at a steady pace, whether or not the earlier is done: how long each piece takes from the moment it is
 * due.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Pieces of work. */
  count: number;
  perSecond: number;
}

/** @returns by piece: milliseconds from due to done. @throws what a piece throws, once all are done */
export async function atPace(
  { count, perSecond }: Pace,
  work: (place: number) => Promise<void>,
): Promise<number[]> {
  const working: Promise<number>[] = [];
  const startedAt = performance.now();
  while (working.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond));
    for (let place = working.length; place < due; place++) {
      const dueAt = startedAt + (place * 1_000) / perSecond;
      working.push(work(place).then(() => performance.now() - dueAt));
      working.at(-1)?.catch(() => undefined); // looked at when all are done
    }
    await sleep(1);
  }
  return Promise.all(working);
}
