import { comparable } from '@effectstroom/contracts';
import type { SourceRow } from '../tables/table.ts';
import { Catalogue, type CatalogueType } from './catalogue.ts';
import type { Connection } from './connection.ts';
import { propertyColumn } from './zaak-columns.ts';
import { uuidOf } from './zaak-url.ts';
import type { ZgwClient } from './zgw-client.ts';
import { ZgwFault } from './zgw-fault.ts';
import {
  digestOf,
  propertiesSchema,
  resultaatSchema,
  statusSchema,
  type Zaak,
  zaakSchema,
} from './zgw-schema.ts';

/** A zaak as one row of a table, with the columns that the mapping reads. */
export interface ReadZaak {
  row: SourceRow;
  digest: Uint8Array;
}

/** Reads zaken with what their mapping needs, and nothing else. */
export class ZaakReader {
  readonly catalogue: Catalogue;
  readonly #connection: Connection;
  readonly #client: ZgwClient;

  constructor(connection: Connection, client: ZgwClient) {
    this.#connection = connection;
    this.#client = client;
    this.catalogue = new Catalogue(connection, client);
  }

  /**
   * A zaak; `absent` where the zaaksysteem does not have it, `other-type` where its type is not one that is
   * taken. Throws `ZgwFault`.
   */
  async read(uuid: string): Promise<ReadZaak | 'absent' | 'other-type'> {
    const { compiled, needs, zaaktypen } = this.#connection;
    const zaak = await this.#zaak(uuid);
    if (zaak === undefined) return 'absent';
    const cells = new Map<string, string | undefined>();
    const set = (header: string, value: string | undefined): void => {
      cells.set(comparable(header), value);
    };
    if (zaaktypen !== undefined || needs.has('zaaktype')) {
      const type = await this.catalogue.find('zaaktypen', zaak.zaaktype);
      if (zaaktypen !== undefined && !zaaktypen.has(type.identificatie ?? '')) return 'other-type';
      set('zaaktypeIdentificatie', type.identificatie);
      set('zaaktypeOmschrijving', type.omschrijving);
    }
    if (needs.has('status')) set('status', (await this.#statusOf(zaak))?.omschrijving);
    if (needs.has('resultaat')) set('resultaat', (await this.#resultOf(zaak))?.omschrijving);
    if (needs.has('eigenschappen')) {
      const properties = await this.#client.zaken(`zaken/${uuid}/zaakeigenschappen`, propertiesSchema);
      for (const { naam, waarde } of properties) set(propertyColumn(naam), waarde);
    }
    set('uuid', uuid);
    for (const header of ZAAK_MEMBERS) set(header, zaak[header]);
    return {
      row: { row: 1, cells: compiled.columns.map((header) => cells.get(comparable(header)) ?? '') },
      digest: digestOf(zaak),
    };
  }

  async #zaak(uuid: string): Promise<Zaak | undefined> {
    let zaak: Zaak;
    try {
      zaak = await this.#client.zaken(`zaken/${uuid}`, zaakSchema);
    } catch (error) {
      if (error instanceof ZgwFault && error.code === 'not-found') return undefined;
      throw error;
    }
    if (uuidOf(this.#connection.zakenUrl, 'zaken', zaak.url) === uuid) return zaak;
    throw new ZgwFault('malformed');
  }

  async #statusOf({ status }: Zaak): Promise<CatalogueType | undefined> {
    if (status === undefined) return undefined;
    const { statustype } = await this.#client.zaken(this.#pathOf('statussen', status), statusSchema);
    return this.catalogue.find('statustypen', statustype);
  }

  async #resultOf({ resultaat }: Zaak): Promise<CatalogueType | undefined> {
    if (resultaat === undefined) return undefined;
    const { resultaattype } = await this.#client.zaken(
      this.#pathOf('resultaten', resultaat),
      resultaatSchema,
    );
    return this.catalogue.find('resultaattypen', resultaattype);
  }

  #pathOf(resource: string, address: string): string {
    const uuid = uuidOf(this.#connection.zakenUrl, resource, address);
    if (uuid === undefined) throw new ZgwFault('foreign-url');
    return `${resource}/${uuid}`;
  }
}

const ZAAK_MEMBERS = [
  'identificatie',
  'url',
  'bronorganisatie',
  'startdatum',
  'registratiedatum',
  'einddatum',
  'zaaktype',
] as const;
