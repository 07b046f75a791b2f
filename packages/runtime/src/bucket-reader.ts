import type { JetStreamManager } from '@nats-io/jetstream';
import type { Kvm } from '@nats-io/kv';
import { isStreamNotFound } from './jetstream-errors.ts';
import type { Logger } from './log.ts';

/** Milliseconds that reading all entries may take. */
const READ = 10_000;

/** What asks nats-server for the bucket. */
export interface BucketClient {
  manager: JetStreamManager;
  kvm: Kvm;
}

/** The entries of a bucket in memory. */
export interface BucketTable {
  /** How many entries there are, also those that are nothing of ours. */
  readonly size: number;
  /**
   * Takes the newest entry of a key. `text` is undefined where it was deleted.
   * @returns whether it is one of ours, or rightly none
   */
  put(key: string, revision: number, text: string | undefined): boolean;
}

/** Where the bucket was read to. */
interface Place {
  created: string;
  sequence: number;
}

/** Reads a key-value bucket into memory, and after that what changed in it. */
export class BucketReader<Table extends BucketTable> {
  readonly #log: Logger;
  readonly #bucket: string;
  readonly #newTable: () => Table;
  #place: Place | undefined;
  #table: Table;

  /** @param bucket its name */
  constructor(log: Logger, bucket: string, newTable: () => Table) {
    this.#log = log;
    this.#bucket = bucket;
    this.#newTable = newTable;
    this.#table = newTable();
  }

  /** What was read. */
  get table(): Table {
    return this.#table;
  }

  /** Reads what changed. Throws where nats-server does not answer in time; what was read before counts then. */
  async read({ manager, kvm }: BucketClient): Promise<void> {
    const info = await streamInfo(manager, this.#bucket);
    if (info === undefined) {
      this.#table = this.#newTable();
      this.#place = undefined;
      return;
    }
    const { created, sequence, messages } = info;
    const seen = this.#place?.created === created ? this.#place.sequence : 0;
    if (seen === sequence && this.#table.size === messages) return;
    // A last sequence that fell back, or entries that are missing: then everything is read again.
    const isGrown = seen > 0 && seen < sequence;
    let table = isGrown ? this.#table : this.#newTable();
    if (messages > 0) await this.#readInto(table, kvm, isGrown ? seen + 1 : 1, sequence);
    if (isGrown && table.size > messages) {
      // Something was removed without a trace, too.
      table = this.#newTable();
      await this.#readInto(table, kvm, 1, sequence);
    }
    this.#table = table;
    this.#place = { created, sequence };
  }

  async #readInto(table: Table, kvm: Kvm, from: number, last: number): Promise<void> {
    const bucket = await kvm.open(this.#bucket);
    const entries = await bucket.watch({ resumeFromRevision: from });
    const timer = setTimeout(() => entries.stop(new Error('reading took too long')), READ);
    try {
      for await (const { key: id, revision, operation, value } of entries) {
        const text = operation === 'PUT' ? new TextDecoder().decode(value) : undefined;
        if (!table.put(id, revision, text))
          this.#log.error({ bucket: this.#bucket }, 'an entry of the bucket cannot be read: it is left out');
        if (revision >= last) return;
      }
      throw new Error('reading was broken off');
    } finally {
      clearTimeout(timer);
      entries.stop();
    }
  }
}

interface BucketInfo extends Place {
  messages: number;
}

/** Undefined where there is no bucket. */
async function streamInfo(manager: JetStreamManager, bucket: string): Promise<BucketInfo | undefined> {
  try {
    const { created, state } = await manager.streams.info(`KV_${bucket}`);
    return { created, sequence: state.last_seq, messages: state.messages };
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}
