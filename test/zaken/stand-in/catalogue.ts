/** A catalogue of types of zaak, as a Catalogi API serves it. */

/** A fixed UUID: `kind` says of what it is, `number` which one. */
export function uuidOf(kind: number, number: number): string {
  const [first, last] = [kind.toString(16).repeat(8), number.toString(16).padStart(12, 'a')];
  return `${first}-aaaa-4aaa-8aaa-${last}`;
}

interface Type {
  uuid: string;
  identificatie?: string;
  omschrijving: string;
}

/** The published versions of two types of zaak: the first has two. */
export const ZAAKTYPEN = {
  hulpvraag: { uuid: uuidOf(1, 1), identificatie: 'HULPVRAAG', omschrijving: 'Hulpvraag behandelen' },
  hulpvraagOud: { uuid: uuidOf(1, 2), identificatie: 'HULPVRAAG', omschrijving: 'Hulpvraag behandelen' },
  kapvergunning: { uuid: uuidOf(1, 3), identificatie: 'KAP', omschrijving: 'Kapvergunning' },
} as const;

export type ZaaktypeName = keyof typeof ZAAKTYPEN;

export const STATUSTYPEN = {
  Ontvangen: { uuid: uuidOf(2, 1), omschrijving: 'Ontvangen' },
  Afgerond: { uuid: uuidOf(2, 2), omschrijving: 'Afgerond' },
  Ingetrokken: { uuid: uuidOf(2, 3), omschrijving: 'Ingetrokken' },
} as const;

export type StatusName = keyof typeof STATUSTYPEN;

export const RESULTAATTYPEN = {
  Geholpen: { uuid: uuidOf(3, 1), omschrijving: 'Geholpen' },
} as const;

/** A type of the catalogue as it is answered; undefined where there is none. */
export function findType(base: string, resource: string, uuid: string): object | undefined {
  const types: Record<string, Readonly<Record<string, Type>>> = {
    zaaktypen: ZAAKTYPEN,
    statustypen: STATUSTYPEN,
    resultaattypen: RESULTAATTYPEN,
  };
  const type = Object.values(types[resource] ?? {}).find((one) => one.uuid === uuid);
  return type && asAnswer(base, resource, type);
}

/** The versions of a type of zaak, as they are answered. */
export function versionsOf(base: string, identificatie: string): object[] {
  const versions = Object.values(ZAAKTYPEN).filter((one) => one.identificatie === identificatie);
  return versions.map((one) => asAnswer(base, 'zaaktypen', one));
}

function asAnswer(base: string, resource: string, { uuid, identificatie, omschrijving }: Type): object {
  return {
    url: `${base}${resource}/${uuid}`,
    ...(identificatie === undefined ? {} : { identificatie }),
    omschrijving,
    concept: false,
    verantwoordelijke: '002220647',
  };
}
