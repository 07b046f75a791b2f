import { setTimeout as sleep } from 'node:timers/promises';
import {
  type KeptReview,
  keptReviewSchema,
  REVIEW_BUCKET,
  REVIEW_DAYS,
  REVIEW_REMOVAL_KEY,
  reviewKey,
} from '@effectstroom/contracts';
import {
  isStreamNotFound,
  isWrongLastSequence,
  type NatsConnection,
  ProblemError,
} from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';

/** Name of the stream behind the bucket. */
const STREAM = `KV_${REVIEW_BUCKET}`;
/** Milliseconds that nats-server may take to answer. */
const ANSWER = 2000;
/** Milliseconds in which it is asked again, and between two times. */
const DEADLINE = 5000;
const PAUSE = 100;
const BYTES = { bucket: 128 * 1024 * 1024, review: 4 * 1024 };
const DAY = 24 * 60 * 60 * 1000;
/** Times that a review is tried anew because another one came in between. */
const ATTEMPTS = 5;

interface Client {
  manager: JetStreamManager;
  kvm: Kvm;
}

/**
 * The reviews, in JetStream's key-value bucket: the last of every case. What is written is durable when it is
 * done. Throws a problem, 503, where nats-server does not answer.
 */
export class ReviewStore {
  readonly #replicas: number;
  #client: Client | undefined;

  /** `replicas` of a new bucket. */
  constructor(replicas: number) {
    this.#replicas = replicas;
  }

  /** Gives it its connection, which must keep connecting. */
  async use(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
    this.#client = { manager, kvm: new Kvm(manager.jetstream()) };
  }

  /** Keeps a review. Throws a problem, 409, where there is one of a newer revision. */
  put(review: KeptReview): Promise<void> {
    return this.#answered(async ({ kvm }) => {
      const bucket = await kvm.create(REVIEW_BUCKET, {
        ...{ history: 1, replicas: this.#replicas, max_bytes: BYTES.bucket, maxValueSize: BYTES.review },
        ttl: REVIEW_DAYS * DAY,
      });
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (await isKept(bucket, review)) return;
      throw new Error('others review the same assessment');
    });
  }

  /**
   * Removes the review of a case, without a trace of the case: what is removed as usual leaves its key
   * behind.
   * What was removed already may be removed again.
   */
  remove(organisation: string, caseId: string): Promise<void> {
    return this.#answered(async ({ manager, kvm }) => {
      const filter = `$KV.${REVIEW_BUCKET}.${reviewKey(organisation, caseId)}`;
      try {
        const { state } = await manager.streams.info(STREAM, { subjects_filter: filter });
        if (Object.keys(state.subjects ?? {}).length === 0) return;
      } catch (error) {
        if (isStreamNotFound(error)) return;
        throw error;
      }
      // Whoever follows the bucket looks for its last message: that one stays.
      await (await kvm.open(REVIEW_BUCKET)).put(REVIEW_REMOVAL_KEY, '');
      await manager.streams.purge(STREAM, { filter });
    });
  }

  /** Asks again for a while: what is asked may be done twice, and a connection comes back by itself. */
  async #answered<Result>(ask: (client: Client) => Promise<Result>): Promise<Result> {
    for (const deadline = performance.now() + DEADLINE; performance.now() < deadline; await sleep(PAUSE)) {
      try {
        if (this.#client !== undefined) return await ask(this.#client);
      } catch (error) {
        if (error instanceof ProblemError) throw error;
      }
    }
    throw new ProblemError(503, 'the reviews cannot be read or written now: try again later', {
      'retry-after': '1',
    });
  }
}

/** False where another one came in between. */
async function isKept(bucket: KV, review: KeptReview): Promise<boolean> {
  const key = reviewKey(review.organisation, review.caseId);
  const there = await bucket.get(key);
  const former = there?.operation === 'PUT' ? keptReviewSchema.safeParse(there.json()).data : undefined;
  if (former !== undefined && former.revision > review.revision)
    throw new ProblemError(409, 'a newer assessment of this case was looked at already: look at that one');
  try {
    if (there === null) await bucket.create(key, JSON.stringify(review));
    else await bucket.update(key, JSON.stringify(review), there.revision);
    return true;
  } catch (error) {
    if (isWrongLastSequence(error)) return false;
    throw error;
  }
}
