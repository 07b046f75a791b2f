/** Clients that send and remember what was acknowledged to them, and when. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sentEvents } from '../bench/workload.ts';
import { eventsRequest, post, type Request } from '../harness/post.ts';

const CLIENTS = 4;
const EVENTS_A_REQUEST = 10;
const EVENTS_MAX = 1_000_000;
/** So that the disk does not fill, and is quiet now and then. */
const PAUSE_MS = 20;
const ANSWER_MS = 20_000;

/** What was acknowledged: the moment (`performance.now()`) of each, by its number, counted from 0. */
export type Acknowledged = ReadonlyMap<number, number>;

/** A load that goes on until it is stopped. */
export class Load {
  readonly #acknowledged = new Map<number, number>();
  readonly #stop = new AbortController();
  readonly #clients: Promise<void>[];
  #fault: unknown;

  /** @param sendersOf each of its senders sends once and says which numbers were acknowledged */
  constructor(sendersOf: () => () => Promise<readonly number[]>) {
    this.#clients = Array.from({ length: CLIENTS }, () =>
      this.#work(sendersOf()).catch((error: unknown) => {
        this.#fault ??= error;
      }),
    );
  }

  /** What was acknowledged up to now. @throws what ended a client */
  acknowledged(): Acknowledged {
    if (this.#fault !== undefined) throw this.#fault;
    return new Map(this.#acknowledged);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#clients);
  }

  async #work(send: () => Promise<readonly number[]>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      for (const number of await send()) this.#acknowledged.set(number, performance.now());
      await sleep(PAUSE_MS);
    }
  }
}

type Sent = ReturnType<typeof sentEvents> extends Generator<infer Event> ? Event : never;

/** Events for ingest; the number of an event stands in its case, `c-<number>`. */
export function eventsToIngest(url: string, seed: number): () => () => Promise<readonly number[]> {
  const events = sentEvents(seed, EVENTS_MAX);
  let next = 0;
  return () => {
    let waiting: { numbers: number[]; request: Request } | undefined;
    return async () => {
      waiting ??= requestOf(events, next);
      next = Math.max(next, (waiting.numbers.at(-1) ?? 0) + 1);
      if ((await post(url, waiting.request, ANSWER_MS)) !== 202) return [];
      const { numbers } = waiting;
      waiting = undefined;
      return numbers;
    };
  };
}

/** The numbers of the cases that a text names. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/"caseId":"c-(\d+)"/g)].map(([, number]) => Number(number));
}

function requestOf(events: Generator<Sent>, first: number): { numbers: number[]; request: Request } {
  const taken = Array.from({ length: EVENTS_A_REQUEST }, () => events.next().value as Sent);
  return {
    numbers: taken.map((_event, at) => first + at),
    request: eventsRequest('local-ingest', taken),
  };
}
