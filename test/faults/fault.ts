/** What a fault is, and the world on which it strikes. */
import type { ServiceName } from '@effectstroom/infra';
import type pg from 'pg';
import type { Network } from '../machines/network.ts';
import type { Random } from '../scenarios/random.ts';
import type { Link, LinkName } from './link.ts';

/** Two calculators share the partitions, unevenly: where one is lost the other may take over. */
export const PART_NAMES = [
  'postgres',
  'nats',
  'calculator',
  'second',
  'ingest',
  'portal',
  'exporter',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** The service that a part is. */
export const SERVICE_OF: Readonly<Record<Exclude<PartName, 'postgres' | 'nats'>, ServiceName>> = {
  calculator: 'calculator',
  second: 'calculator',
  ingest: 'ingest',
  portal: 'portal',
  exporter: 'exporter',
};

export interface Fault {
  kind: string;
  /** `machines`: it needs every part on a machine of its own, and strikes in a world made so. */
  place?: 'machines';
  /** It strikes once, before the others: what it prepared holds until then. */
  opens?: true;
  /** It mounts, or makes namespaces: only root may, in namespaces of the run's own. */
  needsRoot?: true;
  /** What this machine lacks for it, each with how to get it. */
  lacks?(): readonly string[] | Promise<readonly string[]>;
  /** Before any part is started: a mount under a folder, a variable or a program in front of a part. */
  prepare?(setup: WorldSetup): Promise<void>;
  /**
   * Does it, waits, and undoes it, also when `signal` aborts; what it acts on and how long is drawn from
   * `random`.
   * @returns what was done, in a few words; undefined where there was nothing to do it to
   */
  strike(world: FaultWorld, random: Random, signal: AbortSignal): Promise<string | undefined>;
}

/** What can be decided before the parts are started. */
export interface WorldSetup {
  /** Of this run alone. PostgreSQL's files come in `<folder>/postgres`, JetStream's in `<folder>/nats`. */
  readonly folder: string;
  /** Services are started from this folder, which holds another version of the repository, for now. */
  useVersion(root: string): void;
  /** Adds variables to the environment of a service, at every start. */
  environment(part: PartName, variables: Readonly<Record<string, string>>): void;
  /** Is done once everything has ended, also when the run fails; the last one added first. */
  atEnd(undo: () => void | Promise<void>): void;
}

/** The running product. */
export interface FaultWorld {
  readonly folder: string;
  part(name: PartName): FaultPart;
  /** What stands between the parts and passes their bytes on. @throws Error on machines of their own */
  link(name: LinkName): Link;
  /** The machines. @throws Error where all parts are on one */
  readonly network: Network;
  /**
   * A new connection to PostgreSQL as its owner, past every link; end it with `end()`.
   * @param name the product's database unless another one is named
   */
  database(name?: string): Promise<pg.Client>;
  /** Of nats-server with user and password, past every link. */
  readonly natsUrl: string;
  /** From their next start on, services are of this version. */
  useThisVersion(): void;
  /** What is sent meanwhile, as far as a fault may change it. */
  readonly load: ChangeableLoad;
  /** How long a fault lasts: drawn, and no longer than what is left of the run allows. */
  lasting(random: Random, leastMs: number, mostMs: number): number;
}

/** A part of the product: one process that is started again whenever it ends, as in production. */
export interface FaultPart {
  readonly name: PartName;
  /** Undefined while it is being started again. */
  readonly pid: number | undefined;
  /** Where it listens itself, past every link. */
  readonly host: string;
  readonly port: number;
  /** It and all that it started, as PostgreSQL's backends. */
  processes(): number[];
  /** To all of them. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is ready; at once where it is. @throws Error where `signal` aborts first */
  untilUp(signal: AbortSignal): Promise<void>;
}

export interface ChangeableLoad {
  /** Sends requests that were accepted before once more, in any order. @returns events sent again */
  repeat(random: Random, signal: AbortSignal): Promise<number>;
  /** Until the next call, requests are held back and sent in another order. */
  jumble(on: boolean): void;
  /** Until the next call, a client gives up on whatever request fails, as it does itself when it crashes. */
  giveUp(on: boolean): void;
  /** Events of requests that a client gave up on, so far. */
  readonly givenUp: number;
}
