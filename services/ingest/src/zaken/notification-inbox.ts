import { inTransaction } from '../delivery/store.ts';
import type { ZaakStore } from './zaak-store.ts';

/** What a notification asks for. */
export type Asked =
  | { what: 'ignored' | 'refused' }
  /** `isGone`: it says that the zaak was deleted. */
  | { what: 'taken'; uuid: string; isGone: boolean };

interface Waiting {
  asked: Asked;
  kept(): void;
  failed(error: unknown): void;
}

/**
 * Keeps notifications. Those that come together share one transaction, so that many of them wait for the disk
 * once: events that other systems send pass through the same thread.
 */
export class NotificationInbox {
  readonly #store: ZaakStore;
  #waiting: Waiting[] = [];

  constructor(store: ZaakStore) {
    this.#store = store;
  }

  /** Done when it is on disk. */
  keep(asked: Asked): Promise<void> {
    return new Promise((kept, failed) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ asked, kept, failed });
    });
  }

  #flush(): void {
    const all = this.#waiting;
    this.#waiting = [];
    const now = Date.now();
    try {
      inTransaction(this.#store.db, () => {
        for (const { asked } of all) {
          if (asked.what === 'taken') this.#store.ask(asked.uuid, now, asked.isGone);
          this.#store.count(asked.what, now);
        }
      });
      for (const { kept } of all) kept();
    } catch (error) {
      for (const { failed } of all) failed(error);
    }
  }
}
