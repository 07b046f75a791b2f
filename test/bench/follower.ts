/** Follows how far the calculator has come, as any reader of PostgreSQL sees it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { moment } from './clock.ts';

/** At this moment everything up to this message of the stream was committed. */
export interface Passed {
  at: number;
  sequence: bigint;
}

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
    return this;
  }

  /** Waits until a message is in. @throws Error where nothing moves for a minute. */
  async until(sequence: bigint): Promise<void> {
    let last = this.passed.at(-1);
    for (let deadline = moment() + 60_000; last === undefined || last.sequence < sequence; ) {
      await Promise.race([sleep(this.#everyMs), this.#following]);
      const now = this.passed.at(-1);
      if (now !== last) deadline = moment() + 60_000;
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
      text: 'SELECT min(sequence)::text AS sequence FROM partition_position',
    };
    while (!this.#stopped.signal.aborted) {
      const { rows } = await this.#client.query<{ sequence: string | null }>(query);
      const sequence = BigInt(rows[0]?.sequence ?? 0);
      if (sequence !== (this.passed.at(-1)?.sequence ?? 0n)) this.passed.push({ at: moment(), sequence });
      await sleep(this.#everyMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }
}
