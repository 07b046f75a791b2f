/** Looks how long it takes, after a fault, until the product does all that it is for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAMME } from '../harness/plain-programme.ts';
import { eventsRequest, exchange, post } from '../harness/post.ts';
import { addressOf, type SentEvent, TYPES } from '../harness/sent.ts';
import type { Administrator } from './load/administrator.ts';
import { LedgerFile } from './load/ledger-file.ts';
import { KEYS } from './world-parts.ts';

const PLACE = { municipality: 'GM0009', organisation: 'peilstation', programme: 'main' };
const PERIOD = 'from=2021-01-01&to=2021-12-31';
const QUESTION = `municipality=${PLACE.municipality}&organisation=${PLACE.organisation}&${PERIOD}`;
const LOOK_EVERY_MS = 20;
const ANSWER_MS = 2_000;

/** The product does not come back to what it is for. */
export class NotRecovered extends Error {}

export interface ProbeOptions {
  ingestUrl: string;
  portalUrl: string;
  exporterUrl: string;
  /** Its ledger, as a client's. */
  file: string;
  /** Beyond it the product does not recover. */
  patienceMs: number;
}

export class Probe {
  readonly #options: ProbeOptions;
  readonly #ledger: LedgerFile;
  #sent = 0;

  private constructor(options: ProbeOptions, ledger: LedgerFile) {
    this.#options = options;
    this.#ledger = ledger;
  }

  /** Puts its programme. */
  static async make(options: ProbeOptions, administrator: Administrator): Promise<Probe> {
    const address = addressOf(PLACE);
    await administrator.put({ path: `/v1/programmes/${address}`, address, body: PROGRAMME });
    return new Probe(options, await LedgerFile.make(options.file));
  }

  /**
   * Sends an event until ingest accepts it, and waits until the portal shows it in the totals and the
   * exporter answers.
   * @returns how long that took, in milliseconds
   * @throws NotRecovered where it takes longer than it may; Error where `signal` aborts
   */
  async recovery(signal: AbortSignal): Promise<number> {
    const start = performance.now();
    const event = this.#event();
    const { ingestUrl, file } = this.#options;
    const request = eventsRequest(KEYS.ingest, [event]);
    await this.#until(start, signal, `ingest accepts the event of ${file}`, async () => {
      return (await post(ingestUrl, request, ANSWER_MS)) === 202;
    });
    await this.#ledger.keep({ at: Date.now(), accepted: true, events: [event] });
    await this.#until(start, signal, 'an accepted event is in the totals', async () => {
      const answer = await this.#ask(this.#options.portalUrl, `/v1/savings?${QUESTION}`);
      return answer !== undefined && registeredIn(answer) >= this.#sent;
    });
    await this.#until(start, signal, 'the exporter answers', async () => {
      return (await this.#ask(this.#options.exporterUrl, '/metrics')) !== undefined;
    });
    return performance.now() - start;
  }

  close(): Promise<void> {
    return this.#ledger.close();
  }

  #event(): SentEvent {
    const number = this.#sent++;
    return {
      ...{ specversion: '1.0', id: `probe-${number}`, source: 'urn:nld:kvknr:41224547:systeem:peiling' },
      ...{ type: TYPES.registered, time: new Date().toISOString() },
      data: { ...PLACE, caseId: `probe-${number}`, revision: 0, date: '2021-06-01', theme: '1' },
    };
  }

  async #until(
    start: number,
    signal: AbortSignal,
    what: string,
    isSo: () => Promise<boolean>,
  ): Promise<void> {
    while (!(await isSo())) {
      const { patienceMs } = this.#options;
      if (performance.now() - start > patienceMs)
        throw new NotRecovered(`${patienceMs / 1_000} seconds after a fault it is not so that ${what}`);
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  }

  async #ask(url: string, path: string): Promise<string | undefined> {
    const { status, text } = await exchange(url, { method: 'GET', path, key: KEYS.read }, ANSWER_MS);
    return status === 200 ? text : undefined;
  }
}

function registeredIn(answer: string): number {
  const { total } = JSON.parse(answer) as { total: { cases: { registered: number } } };
  return total.cases.registered;
}
