/** Follows how far the calculators have come, as any reader of PostgreSQL sees it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { moment } from './clock.ts';

/** At this moment everything up to these messages of the stream was committed. */
export interface Passed {
  at: number;
  /** Of all partitions. */
  sequence: bigint;
  /** By partition. */
  sequences: readonly bigint[];
}

const PATIENCE_MS = 60_000;

export class Follower {
  readonly passed: Passed[] = [];
  readonly #client: Client;
  readonly #everyMs: number;
  readonly #stopped = new AbortController();
  #following: Promise<void> | undefined;

  constructor(client: Client, everyMs: number) {
    this.#client = client;
    this.#everyMs = everyMs;
  }

  start(): this {
    this.#following = this.#follow();
    this.#following.catch(() => undefined); // `until` and `stop` say so
    return this;
  }

  /** Waits until a message is in. @throws Error where nothing moves for a minute. */
  async until(sequence: bigint): Promise<void> {
    let last = this.passed.at(-1);
    for (let deadline = moment() + PATIENCE_MS; last === undefined || last.sequence < sequence; ) {
      await Promise.race([sleep(this.#everyMs), this.#following]);
      const now = this.passed.at(-1);
      if (now !== last) deadline = moment() + PATIENCE_MS;
      if (moment() > deadline) throw new Error('The calculator stands still');
      last = now;
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    const query = {
      name: 'position',
      text: 'SELECT sequence::text FROM partition_position ORDER BY partition',
    };
    let seen = '';
    while (!this.#stopped.signal.aborted) {
      const { rows } = await this.#client.query<{ sequence: string }>(query);
      const texts = rows.map((row) => row.sequence);
      if (texts.join() !== seen) {
        seen = texts.join();
        const sequences = texts.map(BigInt);
        const sequence = sequences.reduce((least, one) => (one < least ? one : least), sequences[0] ?? 0n);
        this.passed.push({ at: moment(), sequence, sequences });
      }
      await sleep(this.#everyMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }
}
