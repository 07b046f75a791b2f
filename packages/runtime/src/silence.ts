/** When a nats-server is left for another one. */
import { isAnswer } from './jetstream-errors.ts';
import { hasOtherServers, type NatsConnection } from './nats.ts';
import { PublishRefused } from './publish-acked.ts';

/**
 * Milliseconds without any answer of JetStream after which another server is tried: this one may be cut off from the
 * others of its cluster, which keep the stream without it.
 */
const SILENCE_MS = 3_000;

/** What was asked of JetStream over one connection without an answer. Leaves the server where that lasts. */
export class Silence {
  readonly #leave: () => void;
  /** From when to when nothing was answered, though it was asked; of `performance.now()`. */
  #span: { since: number; until: number } | undefined;
  #connectedAt = 0;

  /** @param url where the connection leads, several with commas */
  constructor(connection: NatsConnection, url: string) {
    this.#leave = () => {
      if (hasOtherServers(connection, url)) void connection.reconnect();
    };
    void this.#follow(connection);
  }

  /** JetStream answered. */
  end(): void {
    this.#span = undefined;
  }

  /** Asking since `asked`, of `performance.now()`, ended in an error. An answer that says no is no silence. */
  failed(error: unknown, asked: number): void {
    if (error instanceof PublishRefused || isAnswer(error)) return;
    // What was asked of the server before says nothing of this one.
    if (asked < this.#connectedAt) return;
    const until = performance.now();
    // Silence of long ago, after which nobody asked, says nothing of now.
    const before = this.#span;
    const since = before !== undefined && asked - before.until < SILENCE_MS ? before.since : asked;
    this.#span = { since, until };
    if (until - since < SILENCE_MS) return;
    this.#span = undefined;
    this.#leave();
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type !== 'reconnect') continue;
      this.#connectedAt = performance.now();
      this.#span = undefined;
    }
  }
}
