/** Connections that are reset in the middle of what they carry. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import type { LinkName } from '../link.ts';

const LEAST_MS = 800;
const MOST_MS = 10_000;

/** @param bytesMax how many bytes a connection carries at most before it is reset */
export function resetOf(name: LinkName, bytesMax: number): Fault {
  return {
    kind: `reset-${name}`,
    strike: async (world, random, signal) => {
      const link = world.link(name);
      const until = performance.now() + world.lasting(random, LEAST_MS, MOST_MS);
      let count = 0;
      link.breakAfterBytes(random, bytesMax);
      try {
        while (performance.now() < until) {
          await sleep(50 + random.below(400), undefined, { signal });
          // Those that carry little meet one too.
          if (random.below(3) === 0) link.resetAll();
        }
      } finally {
        count = link.mend();
      }
      return count === 0 ? undefined : `${count} connections`;
    },
  };
}
