/** A registration system: sends over a few connections at once, and insists until the answer is 202. */
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from '../../harness/auditor.ts';
import { eventsRequest, post } from '../../harness/post.ts';
import type { SentEvent } from '../../harness/sent.ts';
import type { Random } from '../../scenarios/random.ts';
import { KEYS } from '../world-parts.ts';
import type { Counts } from './counts.ts';
import { type Chunk, chunkOf, randomAt, withoutFirst } from './invented-chunk.ts';
import { LedgerFile } from './ledger-file.ts';

const LANES = 3;
const BATCH_MAX = 60;
/** Of a request that failed: a client that never tries again, as after its own crash. */
const GIVE_UP_PERCENT = 3;
/** Of a request that was accepted: sent again at once. */
const REPEAT_PERCENT = 4;
const AGAIN_AFTER_MS = 300;
/** While order is jumbled, a request waits up to this long before it is sent. */
const HELD_MS = 1_500;
const REMEMBERED = 60;

export interface ClientOptions {
  seed: number;
  number: number;
  url: string;
  /** Its ledger. */
  file: string;
  eventsPerSecond: number;
  counts: Counts;
  /** Told before the first chunk of an epoch, which then needs its settings soon. */
  onEpoch: (epoch: number) => void;
}

export class Client {
  /** Accepted requests of late, to be repeated. */
  readonly recent: SentEvent[][] = [];
  isJumbled = false;
  /** On whatever fails. */
  givesUp = false;
  readonly #options: ClientOptions;
  #ledger: LedgerFile | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Sends chunks until `stop`, and ends with every request answered or given up. @throws Refused */
  async run(stop: AbortSignal): Promise<void> {
    const { seed, number, file, onEpoch } = this.#options;
    this.#ledger = await LedgerFile.make(file);
    try {
      for (let at = 0; !stop.aborted; at++) {
        const chunk = chunkOf(seed, number, at);
        onEpoch(chunk.epoch);
        await this.#sendChunk(chunk, randomAt(seed, 100 + number, at), stop);
      }
    } finally {
      await this.#ledger.close();
    }
  }

  async #sendChunk({ events, conflicts }: Chunk, random: Random, stop: AbortSignal): Promise<void> {
    const unsent = await this.#sendAll(inBatches(events, random), random, stop, GIVE_UP_PERCENT);
    const missing = new Set(unsent.flat().map(identityOf));
    // None of these is given up: it leaves no identity of its own by which to tell whether it came.
    await this.#sendAll(inBatches(withoutFirst(conflicts, missing), random), random, stop, 0);
  }

  /** Over all lanes. @returns what was not accepted: given up, or not begun when the stop came */
  async #sendAll(
    batches: SentEvent[][],
    random: Random,
    stop: AbortSignal,
    giveUpPercent: number,
  ): Promise<SentEvent[][]> {
    const unsent: SentEvent[][] = [];
    const lane = async () => {
      for (;;) {
        const place = this.isJumbled ? random.below(Math.max(batches.length, 1)) : 0;
        const [batch] = batches.splice(place, 1);
        if (batch === undefined) return;
        if (stop.aborted || !(await this.#insist(batch, random, giveUpPercent))) unsent.push(batch);
        await this.#rest(batch.length, stop);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return unsent;
  }

  /** @returns whether it was accepted in the end */
  async #insist(batch: SentEvent[], random: Random, giveUpPercent: number): Promise<boolean> {
    if (this.isJumbled) await sleep(random.below(HELD_MS));
    while (!(await this.send(batch))) {
      if (random.below(100) < (this.givesUp && giveUpPercent > 0 ? 100 : giveUpPercent)) {
        this.#options.counts.givenUp += batch.length;
        await this.#keep(batch, false);
        return false;
      }
      await sleep(random.below(AGAIN_AFTER_MS));
    }
    await this.#keep(batch, true);
    this.recent.push(batch);
    if (this.recent.length > REMEMBERED) this.recent.shift();
    if (random.below(100) < REPEAT_PERCENT && (await this.send(batch)))
      this.#options.counts.repeated += batch.length;
    return true;
  }

  /** Once. @returns whether it was answered with 202 */
  async send(batch: readonly SentEvent[]): Promise<boolean> {
    const { url, counts } = this.#options;
    const status = await post(url, eventsRequest(KEYS.ingest, batch));
    counts.attempt(status, batch.length);
    return status === 202;
  }

  async #keep(events: SentEvent[], accepted: boolean): Promise<void> {
    await this.#ledger?.keep({ at: Date.now(), accepted, events });
  }

  async #rest(events: number, stop: AbortSignal): Promise<void> {
    const pause = (1_000 * LANES * events) / this.#options.eventsPerSecond;
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
  }
}

function inBatches(events: readonly SentEvent[], random: Random): SentEvent[][] {
  const batches: SentEvent[][] = [];
  for (let at = 0; at < events.length; at += batches.at(-1)?.length ?? 0)
    batches.push(events.slice(at, at + 1 + random.below(random.pick([1, 5, BATCH_MAX]))));
  return batches;
}
