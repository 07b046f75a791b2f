/** kill -9: of one part, of several at once, and of what serves one connection of PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type FaultWorld, PART_NAMES, type PartName } from '../fault.ts';

/** One part, or one of several alike; PostgreSQL also with all that it started. */
export function killOf(...names: [PartName, ...PartName[]]): Fault {
  return {
    kind: `kill-${names[0]}`,
    strike: async (world, random, signal) => {
      const name = random.pick(names);
      const part = world.part(name);
      await part.untilUp(signal);
      const isWhole = random.below(2) === 1;
      if (isWhole) part.signal('SIGKILL');
      else if (!kill(world, name)) return undefined;
      return isWhole && name === 'postgres' ? 'with all its processes' : 'the process';
    },
  };
}

/** Two to five parts within a second, or all at once. */
export const killSeveral: Fault = {
  kind: 'kill-several',
  strike: async (world, random, signal) => {
    if (random.below(4) === 0) {
      for (const name of PART_NAMES) world.part(name).signal('SIGKILL');
      return 'all at once';
    }
    const left = [...PART_NAMES];
    const names = Array.from({ length: 2 + random.below(4) }, () =>
      left.splice(random.below(left.length), 1),
    ).flat();
    for (const name of names) {
      kill(world, name);
      await sleep(random.below(Math.ceil(1_000 / names.length)), undefined, { signal });
    }
    return names.join(', ');
  },
};

/** One backend: PostgreSQL then ends all the others and recovers by itself. */
export const killBackend: Fault = {
  kind: 'kill-backend',
  strike: async (world, random, signal) => {
    await world.part('postgres').untilUp(signal);
    const [, ...backends] = world.part('postgres').processes();
    if (backends.length === 0) return undefined;
    process.kill(random.pick(backends), 'SIGKILL');
    return 'one process of PostgreSQL';
  },
};

/** @returns whether it ran */
function kill(world: FaultWorld, name: PartName): boolean {
  const { pid } = world.part(name);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  return pid !== undefined;
}
