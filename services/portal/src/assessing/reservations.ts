/** Which revisions of cases are being saved, so that two people cannot both have the next one. */
import { createHash } from 'node:crypto';
import { reviewKey as caseKey, STREAM } from '@effectstroom/contracts';
import { isWrongLastSequence, type NatsConnection, ProblemError } from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';

/** Name of the key-value bucket; for all portals together. */
export const RESERVATION_BUCKET = 'ASSESSING';
/** Milliseconds that a revision is held: far longer than an event takes to reach the database. */
const HELD_MS = 10 * 60_000;
/** Milliseconds that nats-server may take to answer. */
const ANSWER_MS_MAX = 2_000;
const BYTES = { bucket: 16 * 1024 * 1024, entry: 128 };

/** The revision of a case that is to be saved. */
export interface Reserved {
  organisation: string;
  caseId: string;
  revision: number;
}

/** A revision that is held. */
export interface Reservation {
  /** Gives it back, where what it was for was not sent. Never throws: else it ends by itself. */
  free(): Promise<void>;
}

/** Holds revisions in a bucket in memory, each for some minutes. */
export class Reservations {
  #manager: JetStreamManager | undefined;

  /** Gives it its connection, which must keep connecting. */
  async use(connection: NatsConnection): Promise<void> {
    this.#manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS_MAX });
  }

  /**
   * Holds a revision for what is to be saved (`data`, the same data is let through: saved twice it is one event).
   * Throws a problem: 409 with `reserved` where other data has it, 503 where nats-server does not answer.
   */
  async reserve(asked: Reserved, data: object): Promise<Reservation> {
    const key = `${caseKey(asked.organisation, asked.caseId)}.${asked.revision}`;
    const hash = createHash('sha256').update(JSON.stringify(data)).digest('base64url');
    let isFree: boolean;
    try {
      const bucket = await this.#bucket();
      const sequence = await createdAt(bucket, key, hash);
      if (sequence !== undefined) return { free: () => give(bucket, key, sequence) };
      isFree = (await bucket.get(key))?.string() === hash;
    } catch {
      throw new ProblemError(503, 'nothing can be saved now: send the same again later', {
        'retry-after': '2',
      });
    }
    // Whoever reserved it gives it back.
    if (isFree) return { free: async () => undefined };
    throw new ProblemError(
      409,
      'another assessment of this case is being saved: look at it again in a moment',
      { 'retry-after': '2' },
      { reserved: asked.revision },
    );
  }

  async #bucket(): Promise<KV> {
    const manager = this.#manager;
    if (manager === undefined) throw new Error('nats-server has not answered yet');
    const kvm = new Kvm(manager.jetstream());
    const { config } = await manager.streams.info(STREAM);
    return kvm.create(RESERVATION_BUCKET, {
      ...{ history: 1, replicas: config.num_replicas, storage: StorageType.Memory, ttl: HELD_MS },
      ...{ max_bytes: BYTES.bucket, maxValueSize: BYTES.entry },
    });
  }
}

/** @returns its sequence in the bucket; undefined where it is there already */
async function createdAt(bucket: KV, key: string, value: string): Promise<number | undefined> {
  try {
    return await bucket.create(key, value);
  } catch (error) {
    if (isWrongLastSequence(error)) return undefined;
    throw error;
  }
}

async function give(bucket: KV, key: string, sequence: number): Promise<void> {
  await bucket.delete(key, { previousSeq: sequence }).catch(() => undefined);
}
