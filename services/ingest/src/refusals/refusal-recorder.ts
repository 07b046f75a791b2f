import { setTimeout as sleep } from 'node:timers/promises';
import {
  holdsPersonalData,
  REFUSAL_LIMITS,
  type Refusal,
  refusalFaults,
  refusalSubject,
} from '@effectstroom/contracts';
import type { Logger, NatsConnection } from '@effectstroom/runtime';
import { type JetStreamClient, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { ensureRefusals } from './refusal-stream.ts';

/** Records that wait for the stream; more are only counted. */
const MOST_WAITING = 1000;
/** Records that are sent at the same time. */
const MOST_SENT = 50;
/** Milliseconds that the stream may take to store one. */
const ANSWER = 2000;
/** Milliseconds before what was not stored is sent again. */
const PAUSE = 1000;
/** Milliseconds that a stop waits for what is not stored yet. */
const STOP = 2000;

/** A request, or rows of an import, that was refused. */
export interface RefusedRequest {
  /** Id of the key; null where none was known. */
  key: string | null;
  /** Method and pattern: `POST /v1/events`. */
  route: string;
  status: number;
  /** Only where it is valid and the key covers it; so too the source. */
  organisation?: string | undefined;
  source?: string | undefined;
  /** Events or rows that were refused. */
  count: number;
  /** What was wrong; of a fault only its place and code are kept. */
  faults: readonly { index?: number | undefined; pointer: string; code: string }[];
}

interface Waiting {
  subject: string;
  payload: string;
}

/**
 * Records what was refused, for who sent it and who has to help them: when, where and what was wrong, never what
 * was sent. It is done as well as it can be: no answer waits for it, and what does not fit is counted in the log.
 */
export class RefusalRecorder {
  readonly #log: Logger;
  readonly #replicas: number;
  #client: { manager: JetStreamManager; stream: JetStreamClient } | undefined;
  readonly #waiting: Waiting[] = [];
  #dropped = 0;
  #sending: Promise<void> | undefined;
  #isStopping = false;

  constructor(log: Logger, replicas: number) {
    this.#log = log;
    this.#replicas = replicas;
  }

  /** Gives it its connection, once, when nats-server is there. */
  async use(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
    this.#client = { manager, stream: manager.jetstream() };
    this.#send();
  }

  /** Records one refusal; returns at once and never throws. */
  record(refused: RefusedRequest): void {
    if (this.#waiting.length >= MOST_WAITING || this.#isStopping) {
      this.#dropped++;
      return;
    }
    const payload = JSON.stringify(refusalOf(refused, new Date()));
    this.#waiting.push({ subject: refusalSubject(refused.key), payload });
    this.#send();
  }

  /** Waits a moment for what is not stored yet. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.race([this.#sending, sleep(STOP, undefined, { ref: false })]);
    this.#dropped += this.#waiting.length;
    this.#waiting.length = 0;
    this.#tellDropped();
  }

  #send(): void {
    if (this.#client === undefined) return;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_SENT);
      const unsent = (await Promise.all(batch.map((one) => this.#publish(one)))).filter(
        (one) => one !== null,
      );
      if (unsent.length === 0) {
        this.#tellDropped();
        continue;
      }
      this.#waiting.unshift(...unsent);
      if (this.#isStopping) return;
      await sleep(PAUSE, undefined, { ref: false });
    }
  }

  /** @returns null where it is stored, else what has to be sent again */
  async #publish(one: Waiting): Promise<Waiting | null> {
    if (this.#client === undefined) return one;
    try {
      await this.#client.stream.publish(one.subject, one.payload, { timeout: ANSWER, retries: 1 });
      return null;
    } catch {
      // The stream may not be there yet, or not any more.
      await ensureRefusals(this.#client.manager, this.#replicas).catch(() => undefined);
      return one;
    }
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#log.warn({ dropped: this.#dropped }, 'refusals were not recorded: there were too many at once');
    this.#dropped = 0;
  }
}

/** What is kept of a refusal. */
function refusalOf({ organisation, source, faults, ...refused }: RefusedRequest, time: Date): Refusal {
  return {
    time: time.toISOString(),
    key: refused.key?.slice(0, REFUSAL_LIMITS.keyLength) ?? null,
    route: refused.route,
    status: refused.status,
    ...(organisation !== undefined && !holdsPersonalData(organisation) && { organisation }),
    ...(source !== undefined && !holdsPersonalData(source) && { source }),
    count: refused.count,
    faults: refusalFaults(faults),
  };
}
