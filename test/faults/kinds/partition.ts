/** The line between two machines is cut: nobody is told, what is sent gets lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HERE } from '../../machines/network.ts';
import type { Fault, PartName } from '../fault.ts';

const LEAST_MS = 3_000;
const MOST_MS = 30_000;

/** Who speaks with whom. */
const LINES: readonly (readonly [PartName | typeof HERE, PartName])[] = [
  ['ingest', 'nats'],
  ['calculator', 'nats'],
  ['calculator', 'postgres'],
  ['second', 'nats'],
  ['second', 'postgres'],
  ['portal', 'nats'],
  ['portal', 'postgres'],
  ['exporter', 'nats'],
  ['exporter', 'postgres'],
  [HERE, 'ingest'],
];

/** One line after the other, in an order of their own, so that in time each is cut. */
export function partition(): Fault {
  let waiting: (typeof LINES)[number][] = [];
  return {
    kind: 'partition',
    place: 'machines',
    needsRoot: true,
    async strike(world, random, signal) {
      if (waiting.length === 0) waiting = [...LINES];
      const [line] = waiting.splice(random.below(waiting.length), 1);
      if (line === undefined) throw new Error('there is no line to cut');
      const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
      await world.network.cut(...line);
      try {
        await sleep(lastingMs, undefined, { signal });
      } finally {
        await world.network.mend(...line);
      }
      const [one, other] = line.map((name) => (name === HERE ? 'the clients' : name));
      return `the line between ${one} and ${other} cut for ${(lastingMs / 1_000).toFixed(1)} s`;
    },
  };
}

/** A whole machine is cut off from all others. */
export function isolation(): Fault {
  let waiting: PartName[] = [];
  return {
    kind: 'isolation',
    place: 'machines',
    needsRoot: true,
    async strike(world, random, signal) {
      if (waiting.length === 0) waiting = ['postgres', 'nats', 'calculator', 'second', 'ingest'];
      const [name] = waiting.splice(random.below(waiting.length), 1);
      if (name === undefined) throw new Error('there is no machine to cut off');
      const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
      await world.network.isolate(name);
      try {
        await sleep(lastingMs, undefined, { signal });
      } finally {
        await world.network.rejoin(name);
      }
      return `${name} cut off from all for ${(lastingMs / 1_000).toFixed(1)} s`;
    },
  };
}
