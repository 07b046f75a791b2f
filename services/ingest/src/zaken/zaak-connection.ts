import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ConnectionStatus } from '@effectstroom/contracts';
import type { Logger } from '@effectstroom/runtime';
import type { Connection } from './connection.ts';
import { type Delivery, ZaakDelivery } from './deliver-zaak.ts';
import { type Asked, NotificationInbox } from './notification-inbox.ts';
import { PollStore } from './poll-store.ts';
import { ZaakPoll } from './zaak-poll.ts';
import { ZaakReader } from './zaak-reader.ts';
import { statusOf } from './zaak-status.ts';
import { ZaakStore } from './zaak-store.ts';
import { ZaakWorker } from './zaak-worker.ts';
import { ZgwClient } from './zgw-client.ts';

/** Milliseconds that a count of what is waiting is used again. */
const COUNT_AGE = 10_000;

/** One zaaksysteem at work: takes its notifications, fetches its zaken, polls it. */
export class ZaakConnection {
  readonly connection: Connection;
  readonly #db: DatabaseSync;
  readonly #store: ZaakStore;
  readonly #inbox: NotificationInbox;
  readonly #worker: ZaakWorker;
  readonly #poll: ZaakPoll;
  readonly #stop = new AbortController();
  #counted = { waiting: 0, at: 0 };

  /** `db`: as `openStore` gives it. Nothing is fetched before `start`. */
  constructor(connection: Connection, db: DatabaseSync, delivery: Delivery, log: Logger) {
    this.connection = connection;
    this.#db = db;
    this.#store = new ZaakStore(db, connection.code);
    this.#store.readAnew(readingOf(connection), Date.now());
    this.#inbox = new NotificationInbox(this.#store);
    const client = new ZgwClient(connection, this.#stop.signal);
    const reader = new ZaakReader(connection, client);
    const one = new ZaakDelivery(connection, this.#store, reader, delivery);
    this.#worker = new ZaakWorker(connection, this.#store, (zaak) => one.handle(zaak), log);
    const polls = new PollStore(db, connection.code);
    const wake = (): void => this.#worker.wake();
    this.#poll = new ZaakPoll(connection, polls, client, reader.catalogue, wake, log);
  }

  /** Fetches what was left waiting, and polls. */
  start(): void {
    this.#worker.wake();
    this.#poll.start();
  }

  /** Breaks off what is being fetched; it is fetched again after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#poll.close(), this.#worker.close()]);
  }

  /** Keeps what a notification asks for. Done when it is on disk; only then is it fetched. */
  async keep(asked: Asked): Promise<void> {
    await this.#inbox.keep(asked);
    if (asked.what === 'taken') this.#worker.wake();
  }

  /** Zaken that wait to be fetched, of a few seconds ago. */
  waiting(): number {
    const now = Date.now();
    if (now - this.#counted.at > COUNT_AGE) this.#counted = { waiting: this.#store.waiting(), at: now };
    return this.#counted.waiting;
  }

  status(): ConnectionStatus {
    return statusOf(this.#db, this.connection);
  }
}

/** A hash of all that decides how a zaak is read: where it is another one, every zaak is read anew. */
function readingOf({ mapping, zakenUrl, catalogiUrl, zaaktypen }: Connection): Uint8Array {
  const text = JSON.stringify([mapping, zakenUrl, catalogiUrl, zaaktypen && [...zaaktypen]]);
  return hash('sha256', text, 'buffer');
}
