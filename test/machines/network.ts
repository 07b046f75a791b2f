/** Several machines on one: network namespaces on a switch, between which the lines can be cut and mended. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isPrivate } from './private-namespace.ts';

const run = promisify(execFile);

/** The name of where the calling process itself stands: at the switch. */
export const HERE = 'here';

const SWITCH = 'switch';
const FIRST_HOST = 10;
const MACHINES_MAX = 100;
/** Nobody has it: what is sent to it gets lost without a word, as on a line that is cut. */
const NOBODY = '02:00:00:00:00:01';

/** A machine of its own, with its own 127.0.0.1. */
export interface Machine {
  readonly name: string;
  /** Where the other machines and the calling process reach it. */
  readonly address: string;
  /** What runs a command on it. */
  command(argv: readonly string[]): string[];
}

export interface Network {
  /** @throws Error where there is none of this name */
  machine(name: string): Machine;
  /**
   * From now on nothing passes between the two (either may be `HERE`), not of what is connected already
   * either: nobody is told, what is sent gets lost.
   */
  cut(one: string, other: string): Promise<void>;
  /** Undoes one `cut`; an `isolate` stays. */
  mend(one: string, other: string): Promise<void>;
  /** Cuts a machine off from all others, and from the calling process. */
  isolate(name: string): Promise<void>;
  /** Undoes `isolate`; a `cut` stays. */
  rejoin(name: string): Promise<void>;
  /** Takes the machines away; end what runs on them first. */
  close(): Promise<void>;
}

/**
 * Makes a machine of each name, on one switch. Once a process, in namespaces of its own
 * (`inPrivateNamespace`).
 * @throws Error where the process stands in the network of the whole machine
 */
export async function makeNetwork(names: readonly string[]): Promise<Network> {
  if (!isPrivate()) throw new Error('makeNetwork is for a process that inPrivateNamespace started');
  if (names.length > MACHINES_MAX || new Set([HERE, SWITCH, ...names]).size !== names.length + 2)
    throw new Error(`at most ${MACHINES_MAX} machines, each with a name of its own`);
  // The names of namespaces are kept here: in a folder that nobody else sees.
  await run('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  await ip('link', 'set', 'lo', 'up');
  await ip('link', 'add', SWITCH, 'type', 'bridge');
  await ip('address', 'add', '10.77.0.1/24', 'dev', SWITCH);
  await ip('link', 'set', SWITCH, 'up');
  const machines = new Map<string, Machine>();
  for (const [at, name] of names.entries()) machines.set(name, await plugIn(name, at));
  return new SwitchedNetwork(machines);
}

async function plugIn(name: string, at: number): Promise<Machine> {
  const address = `10.77.0.${FIRST_HOST + at}`;
  const port = `port${at}`;
  const command = (argv: readonly string[]) => ['ip', 'netns', 'exec', name, ...argv];
  await ip('netns', 'add', name);
  await ip('link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  await ip('link', 'set', port, 'master', SWITCH, 'up');
  await ip('-netns', name, 'address', 'add', `${address}/24`, 'dev', 'eth0');
  for (const device of ['lo', 'eth0']) await ip('-netns', name, 'link', 'set', device, 'up');
  return { name, address, command };
}

class SwitchedNetwork implements Network {
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #cut = new Set<string>();
  readonly #isolated = new Set<string>();
  /** Changes are made one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(machines: ReadonlyMap<string, Machine>) {
    this.#machines = machines;
  }

  machine(name: string): Machine {
    const machine = this.#machines.get(name);
    if (machine === undefined) throw new Error(`there is no machine ${name}`);
    return machine;
  }

  cut(one: string, other: string): Promise<void> {
    return this.#change([[one, other]], () => this.#cut.add(pairOf(one, other)));
  }

  mend(one: string, other: string): Promise<void> {
    return this.#change([[one, other]], () => this.#cut.delete(pairOf(one, other)));
  }

  isolate(name: string): Promise<void> {
    return this.#change(this.#pairsOf(name), () => this.#isolated.add(name));
  }

  rejoin(name: string): Promise<void> {
    return this.#change(this.#pairsOf(name), () => this.#isolated.delete(name));
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    for (const name of this.#machines.keys()) await ip('netns', 'delete', name);
    await ip('link', 'delete', SWITCH);
    // What still runs may hold it; it goes with the last of them.
    await run('umount', ['--lazy', '/run']);
  }

  #pairsOf(name: string): [string, string][] {
    return [HERE, ...this.#machines.keys()].filter((other) => other !== name).map((other) => [name, other]);
  }

  #change(pairs: readonly (readonly [string, string])[], change: () => void): Promise<void> {
    const make = async () => {
      change();
      for (const [one, other] of pairs)
        await Promise.all([this.#settle(one, other), this.#settle(other, one)]);
    };
    this.#last = this.#last.catch(() => undefined).then(make);
    return this.#last;
  }

  /** Gives `from` the hardware address of `to`, or one that nobody has. */
  async #settle(from: string, to: string): Promise<void> {
    const isCut = this.#isolated.has(from) || this.#isolated.has(to) || this.#cut.has(pairOf(from, to));
    const at = from === HERE ? [] : ['-netns', this.machine(from).name];
    const device = ['dev', from === HERE ? SWITCH : 'eth0'];
    const address = to === HERE ? '10.77.0.1' : this.machine(to).address;
    const neighbour = [...at, 'neighbour'];
    if (isCut) await ip(...neighbour, 'replace', address, 'lladdr', NOBODY, ...device, 'nud', 'permanent');
    else {
      // Also where nothing was sent yet and there is none to delete.
      await ip(...neighbour, 'replace', address, 'lladdr', NOBODY, ...device, 'nud', 'permanent');
      await ip(...neighbour, 'delete', address, ...device);
    }
  }
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}

async function ip(...args: string[]): Promise<void> {
  await run('ip', args);
}
