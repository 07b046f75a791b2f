/** What team leaders said of assessments, read from the bucket in which ingest keeps it. */
import { REVIEW_BUCKET, REVIEW_REMOVAL_KEY, reviewKey } from '@effectstroom/contracts';
import { BucketReader, type Logger, type NatsConnection, ProblemError } from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { type PlacedReview, ReviewTable } from './review-table.ts';

/** Milliseconds that nats-server may take to answer. */
const ANSWER_MS_MAX = 2_000;

/** Follows the reviews: all of them in memory, and what changed is read before each question. */
export class ReviewBook {
  readonly #reader: BucketReader<ReviewTable>;
  #manager: JetStreamManager | undefined;
  #reading: Promise<void> | undefined;

  constructor(log: Logger) {
    this.#reader = new BucketReader(log, REVIEW_BUCKET, () => new ReviewTable());
  }

  /** Gives it its connection, which must keep connecting. */
  async use(connection: NatsConnection): Promise<void> {
    this.#manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS_MAX });
  }

  /** The reviews as they are now. Throws a problem, 503, where nats-server does not answer. */
  async read(): Promise<ReviewTable> {
    try {
      // One that is under way may have looked before what is asked for was written.
      if (this.#reading !== undefined) await this.#reading.catch(() => undefined);
      this.#reading ??= this.#refresh().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
      return this.#reader.table;
    } catch {
      throw new ProblemError(503, 'the reviews cannot be read now: try again later', { 'retry-after': '2' });
    }
  }

  /**
   * Removes reviews without a trace of their cases, but not what was written over them meanwhile. Throws where
   * nats-server does not answer.
   */
  async remove(some: readonly PlacedReview[]): Promise<void> {
    if (some.length === 0) return;
    const manager = this.#connected();
    // Whoever follows the bucket looks for its last message: that one stays.
    await (await new Kvm(manager.jetstream()).open(REVIEW_BUCKET)).put(REVIEW_REMOVAL_KEY, '');
    for (const { review, sequence } of some) {
      const filter = `$KV.${REVIEW_BUCKET}.${reviewKey(review.organisation, review.caseId)}`;
      await manager.streams.purge(`KV_${REVIEW_BUCKET}`, { filter, seq: sequence + 1 });
    }
  }

  #connected(): JetStreamManager {
    const manager = this.#manager;
    if (manager === undefined) throw new Error('nats-server has not answered yet');
    return manager;
  }

  async #refresh(): Promise<void> {
    const manager = this.#connected();
    await this.#reader.read({ manager, kvm: new Kvm(manager.jetstream()) });
  }
}
