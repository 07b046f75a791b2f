/** The machines, and what runs on each: the whole product without one that may not be lost but PostgreSQL's. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Nats,
  type NatsProgram,
  type Postgres,
  type Service,
  type ServiceName,
  startNats,
  startPostgres,
  startService,
} from '@effectstroom/infra';
import { Part } from '../harness/part.ts';
import { serviceFiles } from '../harness/service-files.ts';
import { makeNetwork, type Network } from '../machines/network.ts';

export const NATS = ['nats-1', 'nats-2', 'nats-3'] as const;
export const CALCULATORS = ['calculator-1', 'calculator-2'] as const;
export const INGESTS = ['ingest-1', 'ingest-2'] as const;
export const PORTALS = ['portal-1', 'portal-2'] as const;
export const POSTGRES = 'postgres';
/** The services, by the machine on which each runs, in the order of an upgrade: the writer of the schema first. */
export const SERVICES = [...CALCULATORS, ...INGESTS, ...PORTALS] as const;

export type NatsName = (typeof NATS)[number];
export type ServicePlace = (typeof SERVICES)[number];

/** Opens everything. */
export const KEY = 'cluster-admin';
const PORTS = { postgres: 5432, nats: 4222, routes: 6222, service: 8080 } as const;
const PASSWORD = 'of-a-cluster-that-lives-for-minutes';
/** What is killed must lose nothing; power failures are not tried here. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off' };

/** With which code the services run; the repository itself where it is undefined. */
export interface Versions {
  code: string | undefined;
  nats: NatsProgram;
}

export class Machines {
  readonly folder = mkdtempSync(join(tmpdir(), 'effectstroom-cluster-'));
  readonly network: Network;
  /** What the parts that are started from now on run. */
  readonly versions: Versions;
  readonly postgres: Part<Postgres>;
  readonly #nats: Map<string, Part<Nats>>;
  readonly #services: Map<string, Part<Service>>;

  private constructor(network: Network, versions: Versions) {
    this.network = network;
    this.versions = versions;
    this.postgres = new Part(POSTGRES, () => this.#startPostgres());
    this.#nats = new Map(NATS.map((name) => [name, new Part(name, () => this.#startNats(name))]));
    this.#services = new Map(SERVICES.map((name) => [name, new Part(name, () => this.#startService(name))]));
  }

  /** Makes the machines, nothing on them is started yet. */
  static async make(nats: NatsProgram): Promise<Machines> {
    return new Machines(await makeNetwork([POSTGRES, ...NATS, ...SERVICES]), { code: undefined, nats });
  }

  /** Starts everything: the servers, one service that makes the schema and the streams, then the others. */
  async start(): Promise<void> {
    // One after the other: 2.10.27 was once seen to find no place for a stream after three began at the same moment.
    for (const name of NATS) await this.nats(name).start();
    await this.postgres.start();
    const [first, ...others] = SERVICES;
    await this.service(first).start();
    await Promise.all(others.map((name) => this.service(name).start()));
  }

  /** Ends everything. @returns which parts ended by themselves, in sentences */
  async end(): Promise<string[]> {
    const services = [...this.#services.values()];
    const servers = [...this.#nats.values(), this.postgres];
    for (const parts of [services, servers])
      await Promise.all(parts.filter((part) => part.wasStarted).map((part) => part.stop()));
    await this.network.close();
    rmSync(this.folder, { recursive: true, force: true });
    return [...services, ...servers].flatMap((part) => part.fault ?? []);
  }

  /** What the calculators wrote about something: whole lines, by which of them. */
  said(about: string): string[] {
    return CALCULATORS.flatMap((name) => {
      const file = join(this.folder, name, 'calculator.log');
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      return lines.filter((line) => line.includes(about)).map((line) => `${name} said: ${line}`);
    });
  }

  nats(name: string): Part<Nats> {
    return found(this.#nats, name);
  }

  service(name: string): Part<Service> {
    return found(this.#services, name);
  }

  address(name: string): string {
    return this.network.machine(name).address;
  }

  /** All nats-servers, as a service is told. */
  get natsUrl(): string {
    const places = NATS.map((name) => `nats://effectstroom:${PASSWORD}@${this.address(name)}:${PORTS.nats}`);
    return places.join(',');
  }

  /** Ingest, or the portal, of a machine. */
  url(name: ServicePlace): string {
    return `http://${this.address(name)}:${PORTS.service}`;
  }

  #at(name: string) {
    const { address: host } = this.network.machine(name);
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { folder, host, prefix: this.network.machine(name).command([]) };
  }

  #startPostgres(): Promise<Postgres> {
    const place = this.#at(POSTGRES);
    const hba = join(place.folder, 'hba.conf');
    writeFileSync(hba, 'host all all samenet scram-sha-256\n', { mode: 0o644 });
    return startPostgres({ ...place, port: PORTS.postgres, settings: { ...SETTINGS, hba_file: hba } });
  }

  #startNats(name: NatsName): Promise<Nats> {
    const place = this.#at(name);
    writeFileSync(join(place.folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
    const others = NATS.filter((other) => other !== name).map(
      (other) => `${this.address(other)}:${PORTS.routes}`,
    );
    const cluster = { name, port: PORTS.routes, others };
    return startNats({ ...place, port: PORTS.nats, cluster, program: this.versions.nats });
  }

  #startService(place: ServicePlace): Promise<Service> {
    const name = place.slice(0, place.indexOf('-')) as ServiceName;
    const env = {
      ...{ DATABASE_URL: this.postgres.running.url, NATS_URL: this.natsUrl, REPLICAS: '3' },
      ...serviceFiles(this.folder, { [KEY]: ['admin'] }),
    };
    const { code } = this.versions;
    return startService({
      ...this.#at(place),
      ...{ name, env, port: PORTS.service },
      ...(code === undefined ? {} : { code }),
    });
  }
}

function found<T>(parts: ReadonlyMap<string, T>, name: string): T {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`there is no ${name}`);
  return part;
}
