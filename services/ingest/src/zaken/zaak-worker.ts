import type { Logger } from '@effectstroom/runtime';
import { ProblemError } from '@effectstroom/runtime';
import type { Connection } from './connection.ts';
import type { DueZaak, ZaakStore } from './zaak-store.ts';
import { ZgwFault } from './zgw-fault.ts';

/** Zaken of one connection that are fetched at the same time. */
const CONCURRENCY = 4;
/** Failures of one zaak after which it waits for another reason to be fetched. */
const MOST_ATTEMPTS = 20;
/** Longest milliseconds between two attempts. */
const LONGEST_DELAY = 60 * 60 * 1000;
/** Longest milliseconds that a whole connection pauses because the zaaksysteem is not well. */
const LONGEST_PAUSE = 5 * 60 * 1000;
/** Longest time that a timer can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Handles one zaak: fetches it and delivers its case. Throws where it is to be tried again. */
export type HandleZaak = (zaak: DueZaak) => Promise<void>;

/**
 * Handles the zaken that are due: a few at a time, each zaak by itself. What fails is tried again later, each
 * time after twice as long; while the zaaksysteem as a whole does not answer, all wait.
 */
export class ZaakWorker {
  readonly #connection: Connection;
  readonly #store: ZaakStore;
  readonly #handle: HandleZaak;
  readonly #log: Logger;
  readonly #inHand = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Failures in a row that said something of the whole zaaksysteem. */
  #failures = 0;
  #pausedUntil = 0;

  constructor(connection: Connection, store: ZaakStore, handle: HandleZaak, log: Logger) {
    this.#connection = connection;
    this.#store = store;
    this.#handle = handle;
    this.#log = log;
  }

  /** Looks for what is due. To be called when there is more. */
  wake(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    const now = Date.now();
    if (now < this.#pausedUntil) {
      this.#wakeAt(this.#pausedUntil);
      return;
    }
    // While the zaaksysteem is not well one zaak tries it out for all.
    const room = (this.#failures > 0 ? 1 : CONCURRENCY) - this.#inHand.size;
    if (room > 0) {
      const due = this.#store.due(now, CONCURRENCY + this.#inHand.size);
      for (const zaak of due.filter(({ uuid }) => !this.#inHand.has(uuid)).slice(0, room)) this.#take(zaak);
    }
    const next = this.#store.nextDue(now);
    if (next !== undefined) this.#wakeAt(next);
  }

  /** Takes nothing more, and waits for what is in hand. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#inHand.values());
  }

  #wakeAt(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(time - Date.now(), 1), LONGEST_TIMER));
  }

  #take(zaak: DueZaak): void {
    const handled = this.#try(zaak).finally(() => {
      this.#inHand.delete(zaak.uuid);
      this.wake();
    });
    this.#inHand.set(zaak.uuid, handled);
  }

  /** Never rejects. */
  async #try(zaak: DueZaak): Promise<void> {
    try {
      await this.#handle(zaak);
      this.#recover();
    } catch (error) {
      // What is cut off by the stop is still due at the next start.
      if (!this.#isClosed) this.#keepFailure(zaak, error);
    }
  }

  #keepFailure(zaak: DueZaak, error: unknown): void {
    try {
      this.#fail(zaak, error);
    } catch (reason) {
      // Its own folder cannot be written: the zaak stays due, and all wait before anything is tried again.
      this.#log.error({ connection: this.#connection.code, err: reason }, 'work in hand cannot be kept');
      this.#pausedUntil = Date.now() + LONGEST_PAUSE;
    }
  }

  #fail(zaak: DueZaak, error: unknown): void {
    const { code, isOfAll, wait } = failureOf(error);
    if (code === 'internal')
      this.#log.error({ connection: this.#connection.code, err: error }, 'a zaak failed');
    const { retryAfter } = this.#connection;
    if (isOfAll) this.#pause(code, wait);
    else this.#recover();
    const attempts = zaak.attempts + 1;
    if (isOfAll || attempts < MOST_ATTEMPTS) {
      const delay = Math.max(backOff(retryAfter, zaak.attempts, LONGEST_DELAY), wait ?? 0);
      this.#store.failed(zaak, code, Date.now() + delay);
    } else if (code === 'not-found' && zaak.identity === undefined) {
      this.#store.forget(zaak);
    } else {
      this.#store.failed(zaak, code, null);
    }
  }

  #pause(code: string, wait: number | undefined): void {
    if (this.#failures === 0) {
      this.#log.warn(
        { connection: this.#connection.code, code },
        'the zaaksysteem does not answer well: waiting',
      );
    }
    const pause = wait ?? backOff(this.#connection.retryAfter, this.#failures, LONGEST_PAUSE);
    this.#failures++;
    this.#pausedUntil = Date.now() + pause;
  }

  #recover(): void {
    if (this.#failures > 0)
      this.#log.info({ connection: this.#connection.code }, 'the zaaksysteem answers again');
    this.#failures = 0;
  }
}

/** Milliseconds to wait after so many failures: twice as long each time, with a fifth of chance. */
function backOff(first: number, failures: number, longest: number): number {
  return Math.round(Math.min(first * 2 ** failures, longest) * (0.9 + 0.2 * Math.random()));
}

function failureOf(error: unknown): { code: string; isOfAll: boolean; wait?: number | undefined } {
  if (error instanceof ZgwFault) return error;
  // The publisher says so where JetStream does not acknowledge.
  if (error instanceof ProblemError && error.status === 503) return { code: 'stream', isOfAll: true };
  return { code: 'internal', isOfAll: false };
}
