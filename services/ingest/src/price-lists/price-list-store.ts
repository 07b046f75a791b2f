import { LIMITS, type PriceList } from '@effectstroom/contracts';
import { busy, isStreamNotFound, type NatsConnection, ProblemError } from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';

const BUCKET = 'PRICE_LISTS';
/** Name of the stream behind it. */
const STREAM = `KV_${BUCKET}`;
/** Milliseconds that nats-server may take to answer. */
const ANSWER = 2000;
const BUCKET_BYTES = 128 * 1024 * 1024;

/** A list, and which version of it this is. */
export interface KnownPriceList {
  list: PriceList;
  revision: number;
}

/**
 * The price lists as they were last sent and were right: what a file adds to, and what a new one is compared
 * with. The record of them is the stream of settings. A list of before this was kept is missing here; one that
 * was kept and could not be published stands here until it is sent again.
 */
export class PriceListStore {
  readonly #replicas: number;
  #manager: JetStreamManager | undefined;

  /** `replicas` of a new bucket. */
  constructor(replicas: number) {
    this.#replicas = replicas;
  }

  /** Gives it its connection, which must keep connecting. */
  async use(connection: NatsConnection): Promise<void> {
    this.#manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
  }

  /**
   * Keeps a list; with `past` only where the one that is kept still has that revision (undefined: where none
   * is). Throws a problem, 503, where that is not so or nats-server does not answer.
   */
  async put(list: PriceList, past?: { after: number | undefined }): Promise<void> {
    const [key, text] = [keyOf(list.code), JSON.stringify(list)];
    try {
      const bucket = await new Kvm(this.#connected().jetstream()).create(BUCKET, {
        ...{ history: 1, replicas: this.#replicas, max_bytes: BUCKET_BYTES },
        maxValueSize: LIMITS.messageBytes,
      });
      if (past === undefined) await bucket.put(key, text);
      else if (past.after === undefined) await bucket.create(key, text);
      else await bucket.update(key, text, past.after);
    } catch {
      throw busy('this price list cannot be kept now, or another of its code came at the same moment');
    }
  }

  /**
   * The list as it was last taken in; undefined where it never was. Throws a problem, 503, where nats-server
   * does not answer.
   */
  async get(code: string): Promise<KnownPriceList | undefined> {
    try {
      const manager = this.#connected();
      await manager.streams.info(STREAM);
      const entry = await (await new Kvm(manager.jetstream()).open(BUCKET)).get(keyOf(code));
      return entry === null ? undefined : { list: entry.json<PriceList>(), revision: entry.revision };
    } catch (error) {
      if (isStreamNotFound(error)) return undefined;
      throw new ProblemError(503, 'the price lists cannot be read now: try again later', {
        'retry-after': '1',
      });
    }
  }

  #connected(): JetStreamManager {
    if (this.#manager === undefined) throw new Error('not connected to nats-server');
    return this.#manager;
  }
}

/** A code may start or end with a dot, which a key may not. */
function keyOf(code: string): string {
  return code.replaceAll('.', '/');
}
