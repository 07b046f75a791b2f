/** PostgreSQL that is there and lets nobody in. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Fault, FaultWorld } from '../fault.ts';
import { ACCESS } from '../world-parts.ts';

const LEAST_MS = 800;
const MOST_MS = 15_000;
/** More than PostgreSQL's `max_connections`. */
const CONNECTIONS = 110;

interface Way {
  name: string;
  /** @returns what undoes it */
  close(world: FaultWorld, owner: pg.Client): Promise<() => Promise<void>>;
}

/** All sessions but the owner's end; whoever comes back finds the door closed. */
const END_SESSIONS = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()';

const database: Way = {
  name: 'the database takes no connections',
  close: async (_world, owner) => {
    await owner.query('ALTER DATABASE effectstroom WITH ALLOW_CONNECTIONS false');
    await owner.query(END_SESSIONS);
    return async () => {
      await owner.query('ALTER DATABASE effectstroom WITH ALLOW_CONNECTIONS true');
    };
  },
};

const access: Way = {
  name: 'pg_hba.conf rejects',
  close: async (world, owner) => {
    const file = join(world.folder, 'postgres', 'pg_hba.conf');
    writeFileSync(file, 'host all all all reject\n');
    await owner.query('SELECT pg_reload_conf()');
    await owner.query(END_SESSIONS);
    return async () => {
      writeFileSync(file, ACCESS);
      await owner.query('SELECT pg_reload_conf()');
    };
  },
};

const slots: Way = {
  name: 'all connections are taken',
  close: async (world, owner) => {
    await owner.query(END_SESSIONS);
    const taken = await Promise.allSettled(Array.from({ length: CONNECTIONS }, () => world.database()));
    const clients = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    return async () => {
      await Promise.all(clients.map((client) => client.end()));
    };
  },
};

const deaf: Way = {
  name: 'nobody answers the door',
  close: async (world, owner) => {
    const [postmaster] = world.part('postgres').processes();
    if (postmaster === undefined) throw new Error('PostgreSQL has just ended');
    await owner.query(END_SESSIONS);
    process.kill(postmaster, 'SIGSTOP');
    return async () => {
      process.kill(postmaster, 'SIGCONT');
    };
  },
};

export const refusePostgres: Fault = {
  kind: 'refuse-postgres',
  strike: async (world, random, signal) => {
    await world.part('postgres').untilUp(signal);
    const way = random.pick([database, access, slots, deaf]);
    const lasting = world.lasting(random, LEAST_MS, MOST_MS);
    // Not in the product's database, which takes no connections then.
    const owner = await world.database('postgres');
    try {
      const open = await way.close(world, owner);
      try {
        await sleep(lasting, undefined, { signal });
      } finally {
        await open();
      }
    } finally {
      await owner.end();
    }
    return `${way.name}, for ${(lasting / 1_000).toFixed(1)} s`;
  },
};
