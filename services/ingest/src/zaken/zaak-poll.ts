import type { Logger } from '@effectstroom/runtime';
import type { Catalogue } from './catalogue.ts';
import type { Connection } from './connection.ts';
import type { ListedZaak, PollPlace, PollStore } from './poll-store.ts';
import { uuidOf } from './zaak-url.ts';
import type { ZgwClient } from './zgw-client.ts';
import { ZgwFault } from './zgw-fault.ts';
import { digestOf, pageSchema, zaakSchema } from './zgw-schema.ts';

/** Pages that are read in one go; the round then goes on soon. */
const MOST_PAGES = 100;
/** Milliseconds after which a round that is not complete goes on, at the latest. */
const GO_ON = 60_000;
/** Pages of one list: behind it is a zaaksysteem that never says that it ends. */
const LAST_PAGE = 100_000;

/**
 * Lists the zaken of a zaaksysteem every now and then, because notifications may get lost, and has those
 * fetched that are new, changed or gone. Goes on where it was after a stop or a crash.
 */
export class ZaakPoll {
  readonly #connection: Connection;
  readonly #store: PollStore;
  readonly #client: ZgwClient;
  readonly #catalogue: Catalogue;
  readonly #wake: () => void;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** `wake` is called when there are zaken to fetch. */
  constructor(
    connection: Connection,
    store: PollStore,
    client: ZgwClient,
    catalogue: Catalogue,
    wake: () => void,
    log: Logger,
  ) {
    this.#connection = connection;
    this.#store = store;
    this.#client = client;
    this.#catalogue = catalogue;
    this.#wake = wake;
    this.#log = log;
  }

  /** Polls at once where it is time, and from then on. */
  start(): void {
    if (this.#isClosed) return;
    const wait = Math.max((this.#store.times().next ?? 0) - Date.now(), 0);
    // A longer interval than before, or a clock that was put back, must not make it wait for ever.
    this.#timer = setTimeout(
      () => {
        this.#running = this.#poll();
      },
      Math.min(wait, this.#connection.pollEvery * 2),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #poll(): Promise<void> {
    let failure: string | null = null;
    try {
      await this.#readPages();
    } catch (error) {
      failure = error instanceof ZgwFault ? error.code : 'internal';
      if (!this.#isClosed) {
        const details = failure === 'internal' ? { err: error } : {};
        this.#log.warn({ connection: this.#connection.code, failure, ...details }, 'a poll ended too early');
      }
    }
    if (!this.#isClosed) this.#planNext(failure);
  }

  #planNext(failure: string | null): void {
    const { code: connection, pollEvery } = this.#connection;
    try {
      const isUnderWay = this.#store.times().place !== undefined;
      const wait = isUnderWay && failure === null ? Math.min(pollEvery, GO_ON) : pollEvery;
      const now = Date.now();
      // Some chance, so that connections to one zaaksysteem do not all come at once.
      this.#store.ended(now, now + Math.round(wait * (0.9 + 0.2 * Math.random())), failure);
      this.start();
    } catch (error) {
      this.#log.error({ connection, err: error }, 'work in hand cannot be kept');
      this.#timer = setTimeout(() => this.start(), pollEvery);
    }
  }

  async #readPages(): Promise<void> {
    let place = this.#store.times().place ?? (await this.#newRound());
    for (let pages = 0; pages < MOST_PAGES && !this.#isClosed; pages++) {
      if (place.zaaktypen !== null && place.index >= place.zaaktypen.length) return this.#complete(place);
      const { zaken, isLast } = await this.#page(place);
      place = nextPlace(place, zaken.length, isLast);
      const now = Date.now();
      const asked = this.#store.listed(zaken, place, now, now - this.#connection.recheckAfter);
      if (asked > 0) this.#wake();
      if (place.zaaktypen === null && place.index > 0) return this.#complete(place);
    }
  }

  async #newRound(): Promise<PollPlace> {
    const { zaaktypen } = this.#connection;
    let addresses: string[] | null = null;
    if (zaaktypen !== undefined) {
      addresses = [];
      for (const zaaktype of zaaktypen) {
        const versions = await this.#catalogue.versionsOf(zaaktype);
        if (versions.length === 0) throw new ZgwFault('unknown-zaaktype');
        addresses.push(...versions);
      }
    }
    const round = this.#store.times().round + 1;
    const place = { round, startedAt: Date.now(), zaaktypen: addresses, index: 0, page: 1, zaken: 0 };
    this.#store.keepPlace(place);
    return place;
  }

  #complete(place: PollPlace): void {
    const missing = this.#store.completed(place, Date.now());
    const { code: connection } = this.#connection;
    this.#log.info({ connection, zaken: place.zaken, missing }, 'a poll has listed all zaken');
    this.#wake();
  }

  async #page({ zaaktypen, index, page }: PollPlace): Promise<{ zaken: ListedZaak[]; isLast: boolean }> {
    const query = new URLSearchParams({ page: String(page) });
    const zaaktype = zaaktypen?.[index];
    if (zaaktype !== undefined) query.set('zaaktype', zaaktype);
    try {
      const { next, results } = await this.#client.zaken(`zaken?${query}`, pageSchema);
      return {
        zaken: results.map((one) => this.#listedZaak(one)),
        isLast: next === null || page >= LAST_PAGE,
      };
    } catch (error) {
      // The list has become shorter since the page before.
      if (page > 1 && error instanceof ZgwFault && error.code === 'not-found')
        return { zaken: [], isLast: true };
      throw error;
    }
  }

  #listedZaak(one: { url: string }): ListedZaak {
    const uuid = uuidOf(this.#connection.zakenUrl, 'zaken', one.url);
    if (uuid === undefined) throw new ZgwFault('foreign-url');
    const { data } = zaakSchema.safeParse(one);
    return { uuid, digest: data && digestOf(data) };
  }
}

function nextPlace(place: PollPlace, zaken: number, isLast: boolean): PollPlace {
  const listed = { ...place, zaken: place.zaken + zaken };
  return isLast ? { ...listed, index: place.index + 1, page: 1 } : { ...listed, page: place.page + 1 };
}
