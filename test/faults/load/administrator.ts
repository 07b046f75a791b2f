/** Puts the settings of each epoch, and changes them now and then, one after the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonRequest, post } from '../../harness/post.ts';
import { addressOf, type Book, type SentPriceList, type SentProgramme } from '../../harness/sent.ts';
import { until } from '../../harness/until.ts';
import type { Random } from '../../scenarios/random.ts';
import { PRICE_LISTS } from '../../simulation/invent-settings.ts';
import { KEYS } from '../world-parts.ts';
import { placesOf, priceListOf, programmeOf, randomAt } from './invented-chunk.ts';

/** Longer than any fault lasts, and the product may take to recover. */
const PATIENCE_MS = 900_000;
const LOOK_EVERY_MS = 50;
/** Between two changes of settings: from 2 to 8 seconds. */
const CALM_MS = { least: 2_000, more: 6_000 };

type Change =
  | { path: string; code: string; body: SentPriceList }
  | { path: string; address: string; body: SentProgramme };

export class Administrator {
  /** What holds: every change that was answered with 202. */
  readonly book: Book = { dismissed: new Set(), programmes: new Map(), priceLists: new Map() };
  /** Changes that were accepted. */
  changes = 0;
  readonly #url: string;
  readonly #random: Random;
  readonly #epochs: number[] = [];
  readonly #seen = new Set<number>();

  constructor(url: string, seed: number) {
    this.#url = url;
    this.#random = randomAt(seed, 200, 0);
  }

  /** An epoch whose settings are wanted; known ones are skipped. */
  want(epoch: number): void {
    if (this.#seen.has(epoch)) return;
    this.#seen.add(epoch);
    this.#epochs.push(epoch);
  }

  /** Until `stop`; what is begun is finished. @throws Refused */
  async run(stop: AbortSignal): Promise<void> {
    let changeAt = performance.now() + this.#calm();
    let newest = 0;
    while (!stop.aborted || this.#epochs.length > 0) {
      const epoch = this.#epochs.shift();
      if (epoch !== undefined) {
        newest = Math.max(newest, epoch);
        for (const change of this.#all(epoch)) await this.put(change);
      } else if (performance.now() > changeAt) {
        await this.put(this.#random.pick(this.#all(Math.max(newest - this.#random.below(2), 0))));
        changeAt = performance.now() + this.#calm();
      } else await sleep(LOOK_EVERY_MS);
    }
  }

  /** Insists until it is accepted. @throws Refused; Error where it never is */
  async put(change: Change): Promise<void> {
    const { path, body } = change;
    const request = jsonRequest('PUT', path, KEYS.admin, body);
    await until(async () => (await post(this.#url, request)) === 202, `${path} is accepted`, PATIENCE_MS);
    this.changes++;
    if ('code' in change) this.book.priceLists.set(change.code, change.body);
    else this.book.programmes.set(change.address, change.body);
  }

  #all(epoch: number): Change[] {
    const lists = PRICE_LISTS.map((name): Change => {
      const code = `${name}-${epoch}`;
      return { path: `/v1/price-lists/${code}`, code, body: priceListOf(this.#random) };
    });
    const programmes = placesOf(epoch).map((place): Change => {
      const address = addressOf(place);
      return { path: `/v1/programmes/${address}`, address, body: programmeOf(place, epoch, this.#random) };
    });
    return [...lists, ...programmes];
  }

  #calm(): number {
    return CALM_MS.least + this.#random.below(CALM_MS.more);
  }
}
