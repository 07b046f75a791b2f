/** A part that is started again whenever it ends, and what it runs as. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running, SupervisedPart } from '@effectstroom/infra';
import { startOf } from '../../infra/bootstrap/processes.mjs';
import { signalTree, treeOf } from '../machines/process-tree.ts';
import type { FaultPart, PartName } from './fault.ts';

/** Where a part runs and listens; the same at every start. */
export interface Place {
  host: string;
  port: number;
  prefix: readonly string[];
}

const LOOK_EVERY_MS = 20;

export class LivePart<R extends Running = Running> implements FaultPart, SupervisedPart {
  readonly name: PartName;
  readonly host: string;
  readonly port: number;
  /** Every process that it was: its number, and its start, for numbers are given out again. */
  readonly #processes: { pid: number; start: string | undefined }[] = [];
  readonly #start: (signal: AbortSignal, again: boolean) => Promise<R>;
  #running: R | undefined;
  #first: R | undefined;

  constructor(
    name: PartName,
    place: Place,
    start: (place: Place, signal: AbortSignal, again: boolean) => Promise<R>,
  ) {
    this.name = name;
    this.host = place.host;
    this.port = place.port;
    this.#start = (signal, again) => start(place, signal, again);
  }

  /** For the supervisor. */
  async start(signal: AbortSignal, again: boolean): Promise<R> {
    const running = await this.#start(signal, again);
    this.#running = running;
    this.#first ??= running;
    this.#processes.push({ pid: running.pid, start: startOf(running.pid) });
    void running.exited.then(() => {
      if (this.#running === running) this.#running = undefined;
    });
    return running;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** As it was at its first start: address and version stay. @throws Error before that */
  get first(): R {
    if (this.#first === undefined) throw new Error(`${this.name} was not started`);
    return this.#first;
  }

  /** Of every process that it was, those that still run. */
  get pids(): number[] {
    return this.#processes.flatMap(({ pid, start }) =>
      start !== undefined && startOf(pid) === start ? [pid] : [],
    );
  }

  processes(): number[] {
    const { pid } = this;
    return pid === undefined ? [] : treeOf(pid);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.pid !== undefined) signalTree(this.pid, signal);
  }

  async untilUp(signal: AbortSignal): Promise<void> {
    while (this.pid === undefined) await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
