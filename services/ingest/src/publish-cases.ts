import { LIMITS } from '@effectstroom/contracts';
import { type CasePiece, caseMessage } from './messages.ts';
import { ATTEMPT, PUBLISH_MS, type Publisher, unavailable } from './publish.ts';

const NEW_LINE = Buffer.from('\n');

/**
 * Publishes the events of requests, of each partition one message at a time: what comes in while JetStream
 * stores one goes together in the next. A server that syncs every message to disk does so once for many
 * requests; one that is slow is sent no more than it acknowledges, and what waits is bounded by what may be in
 * hand. What waited as long as publishing may take is not sent any more: an answer comes within that and one
 * attempt.
 */
export class CasePublisher {
  readonly #publisher: Publisher;
  readonly #lanes = new Map<number, Lane>();

  constructor(publisher: Publisher) {
    this.#publisher = publisher;
  }

  /** Partitions that the stream has, or will have where it was not seen yet. */
  get partitions(): number {
    return this.#publisher.partitions;
  }

  /**
   * Publishes the pieces of one request, made for so many partitions; done means that all are durable. Throws a
   * problem, 503, where JetStream does not acknowledge in time: some may be stored then, and sending the same
   * again is safe.
   */
  async publish(pieces: readonly CasePiece[], partitions: number): Promise<void> {
    await Promise.all(pieces.map((piece) => this.#laneOf(piece.partition).publish(piece, partitions)));
  }

  #laneOf(partition: number): Lane {
    let lane = this.#lanes.get(partition);
    if (lane === undefined) {
      lane = new Lane(this.#publisher, partition);
      this.#lanes.set(partition, lane);
    }
    return lane;
  }
}

interface Waiting {
  piece: CasePiece;
  partitions: number;
  /** Of `performance.now()`. */
  since: number;
  stored(): void;
  failed(error: unknown): void;
}

/** One partition: the pieces that wait for the message that is under way. */
class Lane {
  readonly #publisher: Publisher;
  readonly #partition: number;
  #waiting: Waiting[] = [];
  #isSending = false;

  constructor(publisher: Publisher, partition: number) {
    this.#publisher = publisher;
    this.#partition = partition;
  }

  publish(piece: CasePiece, partitions: number): Promise<void> {
    return new Promise((stored, failed) => {
      this.#waiting.push({ piece, partitions, since: performance.now(), stored, failed });
      if (!this.#isSending) void this.#sendAll();
    });
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      try {
        await this.#send(batch);
        for (const one of batch) one.stored();
      } catch (error) {
        // Who waits behind it would only wait for the same.
        for (const one of [...batch, ...this.#waiting]) one.failed(error);
        this.#waiting = [];
      }
    }
    this.#isSending = false;
  }

  /** The oldest pieces that fit in one message. No more events than one request may have: so readers know. */
  #next(): Waiting[] {
    this.#dropLate();
    const [oldest] = this.#waiting;
    if (oldest === undefined) return [];
    let [count, events, bytes] = [0, 0, 0];
    for (const { piece, partitions } of this.#waiting) {
      events += piece.events;
      bytes += piece.payload.length + NEW_LINE.length;
      const fits = events <= LIMITS.eventsPerRequest && bytes <= LIMITS.messageBytes;
      if (count > 0 && (!fits || partitions !== oldest.partitions)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  #dropLate(): void {
    const latest = performance.now() - PUBLISH_MS;
    const inTime = this.#waiting.findIndex(({ since }) => since > latest);
    const late = this.#waiting.splice(0, inTime === -1 ? this.#waiting.length : inTime);
    for (const one of late) one.failed(unavailable());
  }

  /** What waited has less time left, but always enough for one attempt. */
  async #send(batch: readonly Waiting[]): Promise<void> {
    const [oldest] = batch;
    if (oldest === undefined) return;
    const message = caseMessage(this.#partition, payloadOf(batch));
    const within = Math.max(ATTEMPT, PUBLISH_MS - (performance.now() - oldest.since));
    await this.#publisher.publish([message], oldest.partitions, within);
  }
}

function payloadOf(batch: readonly Waiting[]): Buffer {
  const [first] = batch;
  if (first !== undefined && batch.length === 1) return first.piece.payload;
  return Buffer.concat(
    batch.flatMap(({ piece }, place) => (place === 0 ? [piece.payload] : [NEW_LINE, piece.payload])),
  );
}
