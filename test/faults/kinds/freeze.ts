/** SIGSTOP: a part stands still with all its connections open, and goes on later as if nothing had been. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, PartName } from '../fault.ts';

const LEAST_MS = 500;
/** Longer than a client waits for an answer, and than nats-server for a sign of life. */
const MOST_MS = 25_000;

/** One part, or one of several alike. */
export function freezeOf(...names: [PartName, ...PartName[]]): Fault {
  return {
    kind: `freeze-${names[0]}`,
    strike: async (world, random, signal) => {
      const part = world.part(random.pick(names));
      await part.untilUp(signal);
      const lasting = world.lasting(random, LEAST_MS, MOST_MS);
      part.signal('SIGSTOP');
      try {
        await sleep(lasting, undefined, { signal });
      } finally {
        part.signal('SIGCONT');
      }
      return `for ${(lasting / 1_000).toFixed(1)} s`;
    },
  };
}
