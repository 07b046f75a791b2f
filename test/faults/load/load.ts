/** Everybody who sends while faults strike. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../scenarios/random.ts';
import type { ChangeableLoad } from '../fault.ts';
import { Administrator } from './administrator.ts';
import { Client } from './client.ts';
import { Counts } from './counts.ts';

const CLIENTS = 6;
const REPEATED_MAX = 40;
const LAST_ANSWERS_MS = 120_000;

export interface LoadOptions {
  seed: number;
  /** Of ingest. */
  url: string;
  /** Where the clients keep their ledgers. */
  folder: string;
  eventsPerSecond: number;
}

export class Load implements ChangeableLoad {
  readonly counts = new Counts();
  readonly administrator: Administrator;
  /** The ledgers of the clients. */
  readonly files: readonly string[];
  readonly #clients: readonly Client[];
  readonly #stop = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor({ seed, url, folder, eventsPerSecond }: LoadOptions) {
    this.administrator = new Administrator(url, seed);
    this.files = Array.from({ length: CLIENTS }, (_, number) => join(folder, `client-${number}.ndjson`));
    const common = { seed, url, counts: this.counts, eventsPerSecond: eventsPerSecond / CLIENTS };
    const onEpoch = (epoch: number) => this.administrator.want(epoch);
    this.#clients = this.files.map((file, number) => new Client({ ...common, number, file, onEpoch }));
  }

  /** @param onFault told where somebody cannot go on: a refusal, which is a fault of the run */
  start(onFault: (error: unknown) => void): void {
    const all = [this.administrator, ...this.#clients];
    this.#work = Promise.all(all.map((one) => one.run(this.#stop.signal))).catch(onFault);
  }

  /**
   * No new requests, and waits until every begun one is answered or given up.
   * @returns what is wrong where some are not
   */
  async stop(): Promise<string | undefined> {
    this.#stop.abort();
    const late = sleep(LAST_ANSWERS_MS, 'late' as const, { ref: false });
    if ((await Promise.race([this.#work, late])) !== 'late') return undefined;
    return `requests were not answered with 202 in ${LAST_ANSWERS_MS / 1_000} seconds after the last fault`;
  }

  async repeat(random: Random, signal: AbortSignal): Promise<number> {
    const all = this.#clients.flatMap((client) => client.recent.map((batch) => ({ client, batch })));
    const picked = Array.from({ length: Math.min(REPEATED_MAX, all.length) }, () => random.pick(all));
    let events = 0;
    await Promise.all(
      picked.map(async ({ client, batch }) => {
        await sleep(random.below(500), undefined, { signal }).catch(() => undefined);
        if (signal.aborted || !(await client.send(batch))) return;
        events += batch.length;
        this.counts.repeated += batch.length;
      }),
    );
    return events;
  }

  jumble(on: boolean): void {
    for (const client of this.#clients) client.isJumbled = on;
  }

  giveUp(on: boolean): void {
    for (const client of this.#clients) client.givesUp = on;
  }

  get givenUp(): number {
    return this.counts.givenUp;
  }
}
