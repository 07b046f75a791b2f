/** Everything that ingest accepted, so that at any moment all that the product says can be checked. */
import { audit } from './auditor.ts';
import { faultsAgainst } from './faults-against.ts';
import type { Pipeline } from './pipeline.ts';
import { decide, putPriceList, putProgramme, send } from './sender.ts';
import {
  addressOf,
  type Book,
  type Decision,
  type SentEvent,
  type SentPriceList,
  type SentProgramme,
} from './sent.ts';

export class World {
  readonly pipeline: Pipeline;
  /** In an order in which the first of each identity comes first. */
  readonly accepted: SentEvent[] = [];
  readonly book: Book = { dismissed: new Set(), programmes: new Map(), priceLists: new Map() };

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
  }

  async putProgramme(address: Parameters<typeof addressOf>[0], body: SentProgramme): Promise<void> {
    await putProgramme(this.pipeline, address, body);
    this.book.programmes.set(addressOf(address), body);
  }

  async putPriceList(code: string, body: SentPriceList): Promise<void> {
    await putPriceList(this.pipeline, code, body);
    this.book.priceLists.set(code, body);
  }

  async decide(decision: Decision): Promise<void> {
    await decide(this.pipeline, decision);
    const identity = `${decision.organisation} ${decision.source} ${decision.id}`;
    if (decision.decision === 'dismiss') this.book.dismissed.add(identity);
    else this.book.dismissed.delete(identity);
  }

  /** One request, sent until it is accepted. */
  async send(...events: SentEvent[]): Promise<void> {
    await send(this.pipeline, events);
    this.accepted.push(...events);
  }

  /** One request after the other, of at most `batch` events. */
  async sendAll(events: readonly SentEvent[], batch = 100): Promise<void> {
    for (let at = 0; at < events.length; at += batch) await this.send(...events.slice(at, at + batch));
  }

  /** Waits until all is in. @returns how what the product says differs from what it must say, in sentences */
  async faults(): Promise<string[]> {
    const { pipeline, accepted, book } = this;
    await pipeline.settled();
    const { db, postgres } = pipeline;
    return faultsAgainst({ db, url: postgres.running.url }, audit(accepted, book));
  }
}
