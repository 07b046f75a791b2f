import {
  RESULTAATTYPEN,
  STATUSTYPEN,
  type StatusName,
  uuidOf,
  ZAAKTYPEN,
  type ZaaktypeName,
} from './catalogue.ts';

/** What stands in a zaak and must never come further than the zaaksysteem. */
export const PERSONAL = {
  name: 'Wilhelmina Voorbeeld',
  bsn: '123456782',
  story: 'Mevrouw belde over haar schulden bij het energiebedrijf',
} as const;

const RSIN = '002220647';

/** What a test says of a zaak. */
export interface ZaakChange {
  zaaktype?: ZaaktypeName;
  identificatie?: string;
  startdatum?: string;
  /** Values of its eigenschappen, by name. */
  eigenschappen?: Record<string, string>;
  status?: StatusName;
  resultaat?: 'Geholpen';
}

/** A zaak as the zaaksysteem keeps it. */
interface StoredZaak extends Required<Omit<ZaakChange, 'resultaat'>> {
  uuid: string;
  statusUuid: string;
  resultaat: 'Geholpen' | undefined;
}

/** The zaken of a zaaksysteem, answered as the Zaken API does. */
export class Zaken {
  readonly #base: () => string;
  readonly #catalogue: () => string;
  readonly #zaken = new Map<string, StoredZaak>();
  #last = 0;
  #statuses = 0;

  /** Addresses of the two APIs, each with a slash at its end. */
  constructor(base: () => string, catalogue: () => string) {
    this.#base = base;
    this.#catalogue = catalogue;
  }

  /** Makes a zaak. @returns its UUID */
  create(change: ZaakChange = {}): string {
    const number = ++this.#last;
    const uuid = uuidOf(9, number);
    this.#zaken.set(uuid, {
      uuid,
      zaaktype: 'hulpvraag',
      identificatie: `ZAAK-2021-${String(number).padStart(10, '0')}`,
      startdatum: '2021-03-17',
      eigenschappen: { Thema: 'Schulden' },
      status: 'Ontvangen',
      resultaat: undefined,
      statusUuid: this.#newStatus(),
      ...change,
    });
    return uuid;
  }

  /** Changes a zaak; a status is a new object each time, an eigenschap is changed in its place. */
  change(uuid: string, change: ZaakChange): void {
    const zaak = this.#find(uuid);
    Object.assign(zaak, change, { eigenschappen: { ...zaak.eigenschappen, ...change.eigenschappen } });
    if (change.status !== undefined) zaak.statusUuid = this.#newStatus();
  }

  destroy(uuid: string): void {
    this.#zaken.delete(uuid);
  }

  /** The type of a zaak, as an address. */
  zaaktypeOf(uuid: string): string {
    return `${this.#catalogue()}zaaktypen/${ZAAKTYPEN[this.#find(uuid).zaaktype].uuid}`;
  }

  url(uuid: string): string {
    return `${this.#base()}zaken/${uuid}`;
  }

  /** All zaken as they are answered, newest first; of one type, where one is given. */
  list(zaaktype: string | null): object[] {
    const all = [...this.#zaken.keys()].reverse();
    return all
      .filter((uuid) => zaaktype === null || this.zaaktypeOf(uuid) === zaaktype)
      .map((uuid) => this.zaak(uuid));
  }

  /** A zaak as it is answered. @throws Error where it is not there */
  zaak(uuid: string): object {
    const zaak = this.#find(uuid);
    const base = this.#base();
    return {
      url: this.url(uuid),
      uuid,
      identificatie: zaak.identificatie,
      bronorganisatie: RSIN,
      omschrijving: PERSONAL.name,
      toelichting: PERSONAL.story,
      zaaktype: this.zaaktypeOf(uuid),
      registratiedatum: zaak.startdatum,
      verantwoordelijkeOrganisatie: RSIN,
      startdatum: zaak.startdatum,
      einddatum: zaak.status === 'Afgerond' ? '2021-06-30' : null,
      vertrouwelijkheidaanduiding: 'vertrouwelijk',
      betalingsindicatie: '',
      zaakgeometrie: null,
      rollen: [`${base}rollen/${uuid}`],
      eigenschappen: Object.keys(zaak.eigenschappen).map(
        (_, i) => `${this.url(uuid)}/zaakeigenschappen/${uuidOf(7, i)}`,
      ),
      status: `${base}statussen/${zaak.statusUuid}`,
      resultaat: zaak.resultaat === undefined ? null : `${base}resultaten/${uuid}`,
      kenmerken: [{ kenmerk: PERSONAL.bsn, bron: 'BSN' }],
    };
  }

  properties(uuid: string): object[] {
    return Object.entries(this.#find(uuid).eigenschappen).map(([naam, waarde], i) => ({
      url: `${this.url(uuid)}/zaakeigenschappen/${uuidOf(7, i)}`,
      uuid: uuidOf(7, i),
      zaak: this.url(uuid),
      eigenschap: `${this.#catalogue()}eigenschappen/${uuidOf(6, i)}`,
      naam,
      waarde,
    }));
  }

  status(uuid: string): object | undefined {
    const zaak = [...this.#zaken.values()].find((one) => one.statusUuid === uuid);
    return (
      zaak && {
        url: `${this.#base()}statussen/${uuid}`,
        uuid,
        zaak: this.url(zaak.uuid),
        statustype: `${this.#catalogue()}statustypen/${STATUSTYPEN[zaak.status].uuid}`,
        datumStatusGezet: '2021-03-18T09:00:00Z',
        statustoelichting: PERSONAL.story,
      }
    );
  }

  result(uuid: string): object | undefined {
    const { resultaat } = this.#zaken.get(uuid) ?? {};
    return (
      resultaat && {
        url: `${this.#base()}resultaten/${uuid}`,
        uuid,
        zaak: this.url(uuid),
        resultaattype: `${this.#catalogue()}resultaattypen/${RESULTAATTYPEN[resultaat].uuid}`,
        toelichting: PERSONAL.story,
      }
    );
  }

  has(uuid: string): boolean {
    return this.#zaken.has(uuid);
  }

  #newStatus(): string {
    return uuidOf(8, ++this.#statuses);
  }

  #find(uuid: string): StoredZaak {
    const zaak = this.#zaken.get(uuid);
    if (zaak === undefined) throw new Error(`there is no zaak ${uuid}`);
    return zaak;
  }
}
