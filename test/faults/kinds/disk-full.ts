/** The disk under PostgreSQL or nats-server runs full, and is given room again. */
import { join } from 'node:path';
import { lacksForDisks } from '../../machines/disk-image.ts';
import type { Fault } from '../fault.ts';
import { keepFull, putOnOwnDisk } from './own-disk.ts';

const LEAST_MS = 2_000;
const MOST_MS = 10_000;

/** The disk of one server. */
export function diskFull(server: 'postgres' | 'nats'): Fault {
  return {
    kind: `disk-full-${server}`,
    needsRoot: true,
    lacks: lacksForDisks,
    prepare: (setup) => putOnOwnDisk(setup, server),
    async strike(world, random, signal) {
      const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
      await keepFull(join(world.folder, server), lastingMs, signal);
      return `the disk of ${server} full for ${(lastingMs / 1_000).toFixed(1)} s`;
    },
  };
}
