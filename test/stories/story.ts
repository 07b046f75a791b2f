/** One scenario while it is played: the settings it has put, the moments it remembers, and how it asks. */
import type { Pipeline } from '../harness/pipeline.ts';
import type { SentEvent, SentPriceList, SentProgramme } from '../harness/sent.ts';
import { World } from '../harness/world.ts';

/** A table of a scenario: one object a row, by the names in its first row. */
export type Table = readonly Readonly<Record<string, string>>[];

export interface Organisation {
  municipality: string;
  organisation: string;
  programme: string;
}

export class Story {
  readonly pipeline: Pipeline;
  readonly world: World;
  readonly programmes = new Map<string, { address: Organisation; body: SentProgramme }>();
  readonly priceLists = new Map<string, SentPriceList>();
  /** Moments by the name that the scenario gives them, RFC 3339. */
  readonly moments = new Map<string, string>();
  /** What later steps look at again, by a name of the steps. */
  readonly notes = new Map<string, string>();
  readonly sent: SentEvent[] = [];

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    this.world = new World(pipeline);
  }

  /** The programme of an organisation; with a municipality where it has several. */
  programmeOf(organisation: string, municipality?: string): { address: Organisation; body: SentProgramme } {
    const found = [...this.programmes.values()].find(
      ({ address }) =>
        address.organisation === organisation &&
        (municipality === undefined || address.municipality === municipality),
    );
    if (found === undefined) throw new Error(`Geen programma van ${organisation}`);
    return found;
  }

  async putProgramme(address: Organisation, body: SentProgramme): Promise<void> {
    this.programmes.set(`${address.municipality}/${address.organisation}/${address.programme}`, {
      address,
      body,
    });
    await this.world.putProgramme(address, body);
  }

  async putPriceList(code: string, body: SentPriceList): Promise<void> {
    this.priceLists.set(code, body);
    await this.world.putPriceList(code, body);
  }

  momentOf(name: string): string {
    const moment = this.moments.get(name);
    if (moment === undefined) throw new Error(`Geen moment "${name}"`);
    return moment;
  }

  /** Asks the portal, once everything that was sent is in. */
  async ask<Answer>(path: string, query: Record<string, string | undefined> = {}): Promise<Answer> {
    await this.pipeline.settled();
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = new URLSearchParams(given).toString();
    return (await this.pipeline.ask(search === '' ? path : `${path}?${search}`)) as Answer;
  }

  /** Asks ingest for something, with the key of everything. @returns its answer */
  async tell<Answer>(method: 'PUT' | 'POST', path: string, body: object): Promise<Answer> {
    const response = await fetch(`${this.pipeline.ingest.running.url}${path}`, {
      method,
      headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }
}

/** One sentence that scenarios may use, and what it does. */
export interface Step {
  sentence: RegExp;
  play: (story: Story, words: readonly string[], table: Table) => Promise<void>;
}
