/** What may happen to a machine while all others are well. */
import { type Database, PARTITION_LOCK } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import type { Random } from '../scenarios/random.ts';
import { CALCULATORS, INGESTS, type Machines, NATS, POSTGRES } from './machines.ts';
import type { StreamState } from './stream-state.ts';

/** One that was begun. */
export interface Disturbed {
  /** The machine that it struck. */
  target: string;
  /** Puts everything back. */
  undo(): Promise<void>;
}

/** Where it strikes. */
export interface StruckWorld {
  machines: Machines;
  stream: StreamState;
  db: Kysely<Database>;
}

type Begin = (world: StruckWorld, random: Random) => Promise<Disturbed>;
type Choose = (world: StruckWorld, random: Random) => Promise<string>;

interface Disturbance {
  /** For the report. */
  what: string;
  begin: Begin;
}

const leader: Choose = ({ stream }) => stream.leader();
const follower: Choose = async ({ stream }, random) => {
  const first = await stream.leader();
  return random.pick(NATS.filter((name) => name !== first));
};
/** A calculator that holds partitions. */
const worker: Choose = async ({ machines, db }, random) => {
  const { rows } = await sql<{ address: string }>`SELECT DISTINCT host(client_addr) AS address
    FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE locktype = 'advisory' AND classid = ${PARTITION_LOCK}::oid AND granted ORDER BY 1`.execute(db);
  const addresses = rows.map(({ address }) => address);
  return random.pick(CALCULATORS.filter((name) => addresses.includes(machines.address(name))));
};
const ingest: Choose = async (_world, random) => random.pick(INGESTS);

const natsKilled =
  (choose: Choose): Begin =>
  async (world, random) => {
    const target = await choose(world, random);
    const part = world.machines.nats(target);
    await part.kill();
    return { target, undo: () => part.start() };
  };

const cutOff =
  (choose: Choose): Begin =>
  async (world, random) => {
    const { network } = world.machines;
    const target = await choose(world, random);
    await network.isolate(target);
    return { target, undo: () => network.rejoin(target) };
  };

/** Nothing passes between a machine and some others; everything else does. */
const cutFrom =
  (choose: Choose, others: readonly string[]): Begin =>
  async (world, random) => {
    const { network } = world.machines;
    const target = await choose(world, random);
    const from = others.filter((other) => other !== target);
    for (const other of from) await network.cut(target, other);
    return {
      target,
      undo: async () => {
        for (const other of from) await network.mend(target, other);
      },
    };
  };

const frozen =
  (choose: Choose): Begin =>
  async (world, random) => {
    const { machines } = world;
    const target = await choose(world, random);
    const { running } = target.startsWith('nats') ? machines.nats(target) : machines.service(target);
    running.kill('SIGSTOP');
    return { target, undo: async () => running.kill('SIGCONT') };
  };

const serviceKilled =
  (choose: Choose): Begin =>
  async (world, random) => {
    const target = await choose(world, random);
    const part = world.machines.service(target);
    await part.kill();
    return { target, undo: () => part.start() };
  };

const DISTURBANCES: Readonly<Record<string, Disturbance>> = {
  'nats-leader-killed': { what: 'nats-server that leads the stream: kill -9', begin: natsKilled(leader) },
  'nats-leader-cut-off': { what: 'nats-server that leads: cut off from all', begin: cutOff(leader) },
  'nats-leader-alone': {
    what: 'nats-server that leads: cut off from the other two only',
    begin: cutFrom(leader, NATS),
  },
  'nats-leader-frozen': { what: 'nats-server that leads: SIGSTOP', begin: frozen(leader) },
  'nats-follower-killed': { what: 'another nats-server: kill -9', begin: natsKilled(follower) },
  'nats-follower-alone': {
    what: 'another nats-server: cut off from the other two only',
    begin: cutFrom(follower, NATS),
  },
  'nats-follower-cut-off': { what: 'another nats-server: cut off from all', begin: cutOff(follower) },
  'calculator-killed': { what: 'a calculator: kill -9', begin: serviceKilled(worker) },
  'calculator-cut-off': { what: 'a calculator: cut off from all', begin: cutOff(worker) },
  'calculator-without-postgres': {
    what: 'a calculator: cut off from PostgreSQL',
    begin: cutFrom(worker, [POSTGRES]),
  },
  'calculator-without-nats': {
    what: 'a calculator: cut off from nats-server',
    begin: cutFrom(worker, NATS),
  },
  'calculator-frozen': { what: 'a calculator: SIGSTOP', begin: frozen(worker) },
  'ingest-killed': { what: 'an ingest: kill -9', begin: serviceKilled(ingest) },
  'ingest-cut-off': { what: 'an ingest: cut off from all', begin: cutOff(ingest) },
};

export const KINDS: readonly string[] = Object.keys(DISTURBANCES);

/** @throws Error where there is no such kind */
export function disturbanceOf(kind: string): Disturbance {
  const disturbance = DISTURBANCES[kind];
  if (disturbance === undefined) throw new Error(`there is no disturbance ${kind}`);
  return disturbance;
}
