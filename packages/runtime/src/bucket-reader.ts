import type { JetStreamManager } from '@nats-io/jetstream';
import type { Kvm } from '@nats-io/kv';
import { isStreamNotFound } from './jetstream-errors.ts';
import { KeyTable } from './key-table.ts';
import type { Logger } from './log.ts';

/** Name of the key-value bucket. */
export const BUCKET = 'KEYS';
/** Name of the stream behind it. */
const STREAM = `KV_${BUCKET}`;
/** Milliseconds that reading all entries may take. */
const READ = 10_000;

/** What asks nats-server for the bucket. */
export interface BucketClient {
  manager: JetStreamManager;
  kvm: Kvm;
}

/** Where the bucket was read to. */
interface Place {
  created: string;
  sequence: number;
}

/** Reads the bucket of keys into memory, and after that what changed in it. */
export class BucketReader {
  readonly #log: Logger;
  #place: Place | undefined;
  #table = new KeyTable();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** What was read. */
  get table(): KeyTable {
    return this.#table;
  }

  /** Reads what changed. Throws where nats-server does not answer in time; what was read before counts then. */
  async read({ manager, kvm }: BucketClient): Promise<void> {
    const info = await streamInfo(manager);
    if (info === undefined) {
      this.#table = new KeyTable();
      this.#place = undefined;
      return;
    }
    const { created, sequence, messages } = info;
    const seen = this.#place?.created === created ? this.#place.sequence : 0;
    if (seen === sequence && this.#table.size === messages) return;
    // A last sequence that fell back, or entries that are missing: then everything is read again.
    const isGrown = seen > 0 && seen < sequence;
    const table = isGrown ? this.#table : new KeyTable();
    if (messages > 0) await this.#readInto(table, kvm, isGrown ? seen + 1 : 1, sequence);
    this.#table = table;
    this.#place = { created, sequence };
  }

  async #readInto(table: KeyTable, kvm: Kvm, from: number, last: number): Promise<void> {
    const bucket = await kvm.open(BUCKET);
    const entries = await bucket.watch({ resumeFromRevision: from });
    const timer = setTimeout(() => entries.stop(new Error('reading took too long')), READ);
    try {
      for await (const { key: id, revision, operation, value } of entries) {
        const text = operation === 'PUT' ? new TextDecoder().decode(value) : undefined;
        if (!table.put(id, revision, text))
          this.#log.error('an entry of the bucket is no key: it is left out');
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
async function streamInfo(manager: JetStreamManager): Promise<BucketInfo | undefined> {
  try {
    const { created, state } = await manager.streams.info(STREAM);
    return { created, sequence: state.last_seq, messages: state.messages };
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}
