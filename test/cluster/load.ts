/** Registration systems and readers that never stop, and what they were told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { eventsRequest } from '../harness/post.ts';
import type { SentEvent } from '../harness/sent.ts';
import { ask, Met } from './asking.ts';
import { Registration } from './events.ts';
import { INGESTS, KEY, type Machines, PORTALS } from './machines.ts';

const SYSTEMS = 4;
const PAUSE_MS = 80;
/** Of the requests that were accepted one is sent once more, as after an answer that got lost. */
const REPEAT_EVERY = 10;
const QUESTION =
  '/v1/savings?municipality=GM0394&organisation=meerwaarde&from=2021-01-01&to=2021-12-31&groupBy=theme';

export class Load {
  /** Everything that was answered with 202. */
  readonly accepted: SentEvent[] = [];
  readonly sending = new Met();
  readonly reading = new Met();
  readonly #machines: Machines;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[];

  constructor(machines: Machines, seed: number) {
    this.#machines = machines;
    this.#running = [
      ...Array.from({ length: SYSTEMS }, (_, number) => this.#send(new Registration(seed, number), number)),
      this.#read(),
    ];
    // Looked at in end().
    for (const one of this.#running) one.catch(() => undefined);
  }

  /** Ends once everything that was begun is accepted. @throws Error where something never was */
  async end(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  /** One request, until it is accepted. @param first which ingest is asked first */
  async send(events: readonly SentEvent[], first: number): Promise<void> {
    await ask(this.#urls(INGESTS, first), eventsRequest(KEY, events), 202, this.sending);
    this.accepted.push(...events);
  }

  async #send(system: Registration, number: number): Promise<void> {
    for (let sent = 1; !this.#stop.signal.aborted; sent++) {
      const events = system.batch();
      await this.send(events, number);
      if (sent % REPEAT_EVERY === 0) await this.send(events, number + 1);
      await sleep(PAUSE_MS);
    }
  }

  async #read(): Promise<void> {
    const question = { method: 'GET', path: QUESTION, key: KEY } as const;
    for (let asked = 0; !this.#stop.signal.aborted; asked++) {
      await ask(this.#urls(PORTALS, asked), question, 200, this.reading);
      await sleep(PAUSE_MS);
    }
  }

  #urls(places: typeof INGESTS | typeof PORTALS, first: number): string[] {
    const urls = places.map((place) => this.#machines.url(place));
    return first % 2 === 0 ? urls : urls.toReversed();
  }
}
