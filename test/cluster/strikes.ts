/** Strikes one machine after the other, and measures how long anything stands still for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../scenarios/random.ts';
import { disturbanceOf, type StruckWorld } from './disturbances.ts';
import type { Probes } from './standstill.ts';
import type { StreamState } from './stream-state.ts';

const CALM_MS_MAX = 120_000;
const LOOK_EVERY_MS = 200;

export interface Strike {
  kind: string;
  what: string;
  target: string;
  /** How long it lasted, undoing included. */
  lastedMs: number;
  /** The longest that an event which was offered meanwhile waited for its 202, and until it was in the totals. */
  acceptedMs: number;
  countedMs: number;
}

export interface StrikeOptions {
  kinds: readonly string[];
  rounds: number;
  holdSeconds: number;
  calmSeconds: number;
  seed: number;
}

/** @throws Error where the product does not come back, or `signal` aborts */
export async function strikeAll(
  { probes, ...world }: StruckWorld & { probes: Probes },
  { kinds, rounds, holdSeconds, calmSeconds, seed }: StrikeOptions,
  signal: AbortSignal,
): Promise<Strike[]> {
  const random = seededRandom(BigInt(seed));
  const strikes: Strike[] = [];
  for (let round = 0; round < rounds; round++) {
    const left = [...kinds];
    while (left.length > 0) {
      // The first of all is the first of the kinds: the leader is killed.
      const [kind = ''] = left.splice(strikes.length === 0 ? 0 : random.below(left.length), 1);
      await calm(world.stream, probes, calmSeconds, signal);
      const { what, begin } = disturbanceOf(kind);
      const from = performance.now();
      const { target, undo } = await begin(world, random);
      try {
        await sleep(holdSeconds * 1_000, undefined, { signal });
      } finally {
        await undo();
      }
      const to = performance.now();
      await calm(world.stream, probes, calmSeconds, signal);
      const { acceptedMs, countedMs } = probes.standstill(from - 1_000, to);
      strikes.push({ kind, what, target, lastedMs: to - from, acceptedMs, countedMs });
      const told = `accepted within ${seconds(acceptedMs)}, in the totals within ${seconds(countedMs)}`;
      process.stdout.write(`${what} (${target}), for ${seconds(to - from)}: ${told}\n`);
    }
  }
  return strikes;
}

/** Waits until every server has everything and what is offered is in the totals, for so many seconds on end. */
export async function calm(
  stream: StreamState,
  probes: Probes,
  calmSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + CALM_MS_MAX;
  let since = performance.now();
  await stream.whole();
  while (performance.now() - since < calmSeconds * 1_000) {
    if (performance.now() > deadline)
      throw new Error(`after ${CALM_MS_MAX / 1_000} s not everything that was offered is in the totals`);
    if (!probes.isCalm()) since = performance.now();
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  await stream.whole();
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
