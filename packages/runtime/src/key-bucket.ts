import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { type BucketClient, BucketReader } from './bucket-reader.ts';
import { isWrongLastSequence } from './jetstream-errors.ts';
import type { KeyEntry } from './key-entry.ts';
import { KeyTable, type StoredKey } from './key-table.ts';
import type { Logger } from './log.ts';

/** Name of the key-value bucket. */
const BUCKET = 'KEYS';

/** How often is looked whether something changed, in milliseconds: a change must be seen within a second. */
const POLL = 500;
/** Milliseconds that nats-server may take to answer. */
const ANSWER = 2000;
const BYTES = { bucket: 64 * 1024 * 1024, entry: 256 * 1024 };
/** Most keys, revoked ones included. */
const MOST_KEYS = 10_000;
/** Times that a change is tried again because another one came in between. */
const ATTEMPTS = 5;

/** Thrown where the bucket cannot be read or written now. Trying again later is safe. */
export class KeysUnavailable extends Error {
  constructor(reason: string) {
    super(`the keys cannot be read or written now: ${reason}`);
    this.name = 'KeysUnavailable';
  }
}

/** Thrown where the bucket is full. */
export class TooManyKeys extends Error {
  constructor() {
    super(`there are ${MOST_KEYS} keys: no more fit`);
    this.name = 'TooManyKeys';
  }
}

/**
 * The keys in JetStream's key-value bucket, all of them in memory and found by the hash of their text. They are
 * followed by looking for a new last sequence: that costs one small request, and what came before a lost
 * connection, a restart or another bucket under the same name is seen just as well. While nats-server is away,
 * what was read last counts.
 */
export class KeyBucket {
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  #client: BucketClient | undefined;
  #isConnected = false;
  readonly #reader: BucketReader<KeyTable>;
  #isRead = false;
  #reading: Promise<void> | undefined;
  #toTouch = new Map<string, string>();
  #reason = 'nats-server cannot be reached';

  constructor(log: Logger) {
    this.#log = log;
    this.#reader = new BucketReader(log, BUCKET, () => new KeyTable());
  }

  /** Follows the bucket over a connection, which must keep connecting. Once. */
  async use(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
    this.#client = { manager, kvm: new Kvm(manager.jetstream()) };
    void this.#followConnection(connection);
    void this.#follow();
  }

  /** Whether the bucket was ever read: else nobody can say which keys there are. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Undefined where the bucket was read; else why not. */
  check(): string | undefined {
    return this.#isRead ? undefined : `the keys were not read yet: ${this.#reason}`;
  }

  /** The key one of whose texts has this hash. */
  find(hash: string): StoredKey | undefined {
    return this.#reader.table.find(hash);
  }

  /** The key of this id. */
  byId(id: string): StoredKey | undefined {
    return this.#reader.table.byId(id);
  }

  /** All keys. */
  all(): StoredKey[] {
    return this.#reader.table.all();
  }

  /**
   * Keeps a new key: durable when it is done. A bucket that is not there yet is made, with `replicas`.
   * @throws KeysUnavailable, TooManyKeys
   */
  async create(entry: KeyEntry, replicas: number): Promise<void> {
    await this.refresh();
    if (this.#reader.table.size >= MOST_KEYS) throw new TooManyKeys();
    await this.#write(async ({ kvm }) => {
      const bucket = await kvm.create(BUCKET, {
        ...{ history: 1, replicas, max_bytes: BYTES.bucket, maxValueSize: BYTES.entry },
      });
      await bucket.create(entry.id, JSON.stringify(entry));
    });
    await this.refresh();
  }

  /**
   * Changes a key as it is now: durable when it is done. `change` may run several times, and throw.
   * @returns the key as it then is; undefined where there is no such key
   * @throws KeysUnavailable
   */
  async change(id: string, change: (entry: KeyEntry) => KeyEntry): Promise<KeyEntry | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.refresh();
      const stored = this.#reader.table.byId(id);
      if (stored === undefined) return undefined;
      const entry = change(stored.entry);
      if (await this.#replace(entry, stored.revision)) {
        await this.refresh();
        return entry;
      }
    }
    throw new KeysUnavailable('others change the same key');
  }

  /** Remembers that a key was used on a day (in UTC); written soon, once a day. */
  touch({ entry }: StoredKey, day: string): void {
    if (entry.lastUsedOn !== day) this.#toTouch.set(entry.id, day);
  }

  /** Reads what changed. @throws KeysUnavailable */
  async refresh(): Promise<void> {
    // One that is under way may have looked before the change that is asked for.
    if (this.#reading !== undefined) await this.#reading.catch(() => undefined);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** Ends the following. */
  close(): void {
    this.#stopping.abort();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.refresh();
        await this.#writeTouched();
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== this.#reason)
          this.#log.warn({ reason }, 'the keys cannot be read: what was read counts');
        this.#reason = reason;
      }
      await sleep(POLL, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #followConnection(connection: NatsConnection): Promise<void> {
    this.#isConnected = true;
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#isConnected = false;
      if (type === 'reconnect') this.#isConnected = true;
    }
    this.#isConnected = false;
  }

  async #read(): Promise<void> {
    if (this.#client === undefined || !this.#isConnected)
      throw new KeysUnavailable('nats-server cannot be reached');
    try {
      await this.#reader.read(this.#client);
    } catch (error) {
      throw new KeysUnavailable(messageOf(error));
    }
    if (!this.#isRead)
      this.#log.info({ keys: this.#reader.table.all().length }, 'read the keys of the bucket');
    this.#isRead = true;
    this.#reason = '';
  }

  async #writeTouched(): Promise<void> {
    for (const [id, day] of this.#toTouch) {
      this.#toTouch.delete(id);
      const stored = this.#reader.table.byId(id);
      if (stored === undefined || (stored.entry.lastUsedOn ?? '') >= day) continue;
      // Where somebody else changed it, the next use tries again.
      await this.#replace({ ...stored.entry, lastUsedOn: day }, stored.revision);
    }
  }

  /** Whether an entry took the place of the one with this revision. */
  async #replace(entry: KeyEntry, revision: number): Promise<boolean> {
    let isReplaced = true;
    await this.#write(async ({ kvm }) => {
      const bucket = await kvm.open(BUCKET);
      try {
        await bucket.update(entry.id, JSON.stringify(entry), revision, ANSWER);
      } catch (error) {
        if (!isWrongLastSequence(error)) throw error;
        isReplaced = false;
      }
    });
    return isReplaced;
  }

  async #write(write: (client: BucketClient) => Promise<void>): Promise<void> {
    if (this.#client === undefined || !this.#isConnected)
      throw new KeysUnavailable('nats-server cannot be reached');
    try {
      await write(this.#client);
    } catch (error) {
      throw new KeysUnavailable(messageOf(error));
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
