import type { KeyAnswer } from '@effectstroom/contracts';
import { type KeyEntry, stateOf } from '@effectstroom/runtime';

/** A key as answers show it. */
export function keyAnswer(entry: KeyEntry, now: number): KeyAnswer {
  const { hashes, ...shown } = entry;
  const overlaps = hashes.flatMap(({ until }) =>
    until !== undefined && Date.parse(until) > now ? [until] : [],
  );
  return { ...shown, state: stateOf(entry, now), overlapsUntil: overlaps.sort().at(-1) ?? null };
}
