import type { z } from 'zod';
import type { Connection } from './connection.ts';
import { uuidOf } from './zaak-url.ts';
import type { ZgwClient } from './zgw-client.ts';
import { ZgwFault } from './zgw-fault.ts';
import { pageSchema, typeSchema } from './zgw-schema.ts';

/** A type of zaak, status or result: what it is called. */
export type CatalogueType = z.infer<typeof typeSchema>;

/** Milliseconds that a type is not asked for again: a published type hardly changes. */
const FRESH = 60 * 60 * 1000;
const MOST_TYPES = 10_000;
/** Pages of versions of one zaaktype that are read. */
const MOST_PAGES = 20;

/** The types of a zaaksysteem, remembered for an hour. All methods throw `ZgwFault`. */
export class Catalogue {
  readonly #connection: Connection;
  readonly #client: ZgwClient;
  readonly #known = new Map<string, { type: CatalogueType; until: number }>();

  constructor(connection: Connection, client: ZgwClient) {
    this.#connection = connection;
    this.#client = client;
  }

  /** The type at an address under the Catalogi API. */
  async find(
    resource: 'zaaktypen' | 'statustypen' | 'resultaattypen',
    address: string,
  ): Promise<CatalogueType> {
    const { catalogiUrl } = this.#connection;
    const uuid = catalogiUrl === undefined ? undefined : uuidOf(catalogiUrl, resource, address);
    if (uuid === undefined) throw new ZgwFault('foreign-url');
    const path = `${resource}/${uuid}`;
    const known = this.#known.get(path);
    if (known !== undefined && known.until > Date.now()) return known.type;
    const type = await this.#client.catalogi(path, typeSchema);
    if (this.#known.size >= MOST_TYPES) this.#known.clear();
    this.#known.set(path, { type, until: Date.now() + FRESH });
    return type;
  }

  /** Addresses of all published versions of a zaaktype. */
  async versionsOf(identificatie: string): Promise<string[]> {
    const versions: string[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const query = new URLSearchParams({ identificatie, page: String(page) });
      const { next, results } = await this.#client.catalogi(`zaaktypen?${query}`, pageSchema);
      versions.push(...results.map(({ url }) => url));
      if (next === null) break;
    }
    return versions;
  }
}
