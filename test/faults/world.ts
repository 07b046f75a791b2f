/** The whole product under its supervisor, as in production, with what faults act on. */
import { join } from 'node:path';
import { createSupervisor, freePort, loopback, repository, type Supervisor } from '@effectstroom/infra';
import pg from 'pg';
import { leftoversOf } from '../harness/leftovers.ts';
import { makeNetwork, type Network } from '../machines/network.ts';
import type { Random } from '../scenarios/random.ts';
import { type ChangeableLoad, type Fault, type FaultWorld, PART_NAMES, type PartName } from './fault.ts';
import { type Link, type LinkName, type Links, openLinks } from './link.ts';
import type { LivePart, Place } from './live-part.ts';
import { PartEvents } from './part-events.ts';
import { Preparation } from './preparation.ts';
import { makeParts, type Parts } from './world-parts.ts';

/** What a world is made of. */
export interface WorldOptions {
  /** What strikes in it: each prepares it. */
  faults: readonly Fault[];
  /** `machines`: every part on one of its own. */
  place: 'here' | 'machines';
  /** Empty, or with what an older version left there. */
  folder: string;
  /** A fault lasts no longer. */
  longestMs: number;
  /** Told what happens to the parts. */
  tell: (line: string) => void;
}

/** Machines have their own ports. */
const PORT_ON_MACHINE = 20_000;

export class World implements FaultWorld {
  readonly folder: string;
  readonly #options: WorldOptions;
  readonly #preparation: Preparation;
  readonly #events: PartEvents;
  readonly #supervisor: Supervisor;
  #network: Network | undefined;
  #parts: Parts | undefined;
  #load: ChangeableLoad | undefined;
  /** On one machine only. */
  #links: Links | undefined;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.folder = options.folder;
    this.#preparation = new Preparation(options.folder);
    this.#events = new PartEvents(options.tell);
    this.#supervisor = createSupervisor((event) => this.#events.take(event));
  }

  /** Prepares and starts everything; end it with `end()`. What was started is ended where that fails. */
  static async start(options: WorldOptions, signal: AbortSignal): Promise<World> {
    const world = new World(options);
    try {
      await world.#start(signal);
      return world;
    } catch (error) {
      await world.end();
      throw error;
    }
  }

  async #start(signal: AbortSignal): Promise<void> {
    const onAbort = () => void this.#supervisor.stop();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (this.#options.place === 'machines') this.#network = await makeNetwork(PART_NAMES);
      for (const fault of this.#options.faults) await fault.prepare?.(this.#preparation);
      const places = new Map<PartName, Place>();
      for (const name of PART_NAMES) places.set(name, await this.#place(name));
      const placeOf = (name: PartName) => places.get(name) ?? unknown(name);
      if (this.#network === undefined) this.#links = await openLinks((name) => this.part(name));
      const reached = this.#links?.reached ?? { nats: placeOf('nats'), postgres: placeOf('postgres') };
      const parts = makeParts({
        folder: this.folder,
        placeOf,
        reached,
        environments: this.#preparation.environments,
        rootNow: () => this.#preparation.root,
      });
      this.#parts = parts;
      const [calculator, ...others] = parts.services;
      await this.#supervisor.start([parts.postgres, parts.nats]);
      // The calculator brings the database up to date; the others read it.
      if (calculator !== undefined) await this.#supervisor.start([calculator]);
      await this.#supervisor.start(others);
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #place(name: PartName): Promise<Place> {
    if (this.#network === undefined) return { host: loopback, port: await freePort(), prefix: [] };
    const machine = this.#network.machine(name);
    return { host: machine.address, port: PORT_ON_MACHINE, prefix: machine.command([]) };
  }

  part(name: PartName): LivePart {
    return this.#live.find((part) => part.name === name) ?? unknown(name);
  }

  /** None before they were started. */
  get #live(): LivePart[] {
    if (this.#parts === undefined) return [];
    const { postgres, nats, services } = this.#parts;
    return [postgres, nats, ...services];
  }

  get #all(): Parts {
    if (this.#parts === undefined) throw new Error('the world was not started');
    return this.#parts;
  }

  link(name: LinkName): Link {
    return this.#links?.links.get(name) ?? unknown(`${name}: on machines of their own there are no links`);
  }

  get network(): Network {
    return this.#network ?? unknown('network: all parts are on one machine');
  }

  /** Where clients of ingest go. */
  get ingestUrl(): string {
    const { host, port } = this.#links?.reached.ingest ?? this.part('ingest');
    return `http://${host}:${port}`;
  }

  urlOf(name: 'portal' | 'exporter'): string {
    const { host, port } = this.part(name);
    return `http://${host}:${port}`;
  }

  /** Of PostgreSQL itself, past every link. */
  get databaseUrl(): string {
    return this.#all.postgres.first.url;
  }

  /** Of nats-server itself, past every link. */
  get natsUrl(): string {
    return this.#all.nats.first.url;
  }

  get versions(): { postgres: string; nats: string } {
    const { postgres, nats } = this.#all;
    return { postgres: postgres.first.version, nats: nats.first.version };
  }

  get endings(): ReadonlyMap<string, number> {
    return this.#events.endings;
  }

  async database(name?: string): Promise<pg.Client> {
    const url = new URL(this.databaseUrl);
    if (name !== undefined) url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  useThisVersion(): void {
    this.#preparation.root = repository;
  }

  get load(): ChangeableLoad {
    return this.#load ?? unknown('load: nothing is sent yet');
  }

  set load(load: ChangeableLoad) {
    this.#load = load;
  }

  lasting(random: Random, leastMs: number, mostMs: number): number {
    const most = Math.min(mostMs, this.#options.longestMs);
    return most <= leastMs ? most : leastMs + random.below(most - leastMs);
  }

  /** Ends everything and takes it away. @throws Error where a process stays behind */
  async end(): Promise<void> {
    // A part that is still frozen could not end in its own way.
    for (const part of this.#live) part.signal('SIGCONT');
    await this.#supervisor.stop();
    for (const link of this.#links?.links.values() ?? []) await link.close();
    await this.#preparation.undo();
    await this.#network?.close();
    const pids = this.#live.flatMap((part) => part.pids);
    const left = leftoversOf(join(this.folder, 'postgres'), pids);
    if (left.length > 0) throw new Error(left.join('\n'));
  }
}

function unknown(what: string): never {
  throw new Error(`there is no ${what}`);
}
