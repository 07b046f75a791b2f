/** One right input of each kind, from which garbage is made. */
import { readFileSync } from 'node:fs';
import { PLACE } from './marker.ts';

export type Members = Record<string, unknown>;

/** Organisation and source never hold a marker: a refusal may say whose it was. */
export const ORGANISATION = 'meerwaarde';
export const SOURCE = 'urn:nld:kvknr:41224547:systeem:proef';

function example(name: string): Members {
  const url = new URL(`../../packages/contracts/examples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

function event(name: string): Members {
  const { data, ...attributes } = example(name) as { data: Members };
  return {
    ...attributes,
    id: `e-${PLACE}`,
    source: SOURCE,
    subject: `x ${PLACE}`,
    note: PLACE,
    data: {
      ...data,
      organisation: ORGANISATION,
      caseId: `c-${PLACE}`,
      residentKey: `resident-${PLACE}`,
      team: PLACE,
    },
  };
}

export const EVENTS: readonly Members[] = [
  'case-assessed',
  'case-assessed-sroi',
  'case-registered',
  'case-withdrawn',
].map(event);

/** With short lists: more than a few would only take time. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 3).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]));
}

export const PROGRAMME: Members = { ...(shortened(example('programme')) as Members), name: PLACE };
export const PRICE_LIST: Members = {
  ...(shortened(example('price-list')) as Members),
  code: undefined,
  name: PLACE,
  note: PLACE,
};

export const DELIVERIES: Members = {
  sources: [{ source: SOURCE, name: PLACE, rhythm: 'monthly', graceDays: 10, from: '2021-01-01' }],
};

export const REPORT_TEXTS: Members = {
  introduction: PLACE,
  themes: [{ theme: '3', text: PLACE }],
};

export const DECISIONS: Members = {
  decision: 'retry',
  reason: PLACE,
  events: [{ source: SOURCE, id: PLACE }],
};

export const MAPPING: Members = {
  name: PLACE,
  municipality: 'GM0394',
  organisation: ORGANISATION,
  source: SOURCE,
  table: { headerRow: 1, delimiter: ';', decimal: ',' },
  rows: 'case',
  case: {
    caseId: { column: 'Nummer' },
    date: { column: ['Datum', 'Startdatum'] },
    theme: { column: 'Thema', values: { 'Thema 3': '3', [PLACE.toLowerCase()]: '4' }, others: 'keep' },
    team: { column: 'Team' },
    similarCases: { constant: '1' },
  },
  lines: [
    {
      service: { column: 'Dienst' },
      quantity: { column: 'Aantal', default: '1' },
      likelihood: { column: 'Kans', values: { Zeker: 'certain', Misschien: 'possible' } },
      contribution: { constant: 'certain' },
    },
  ],
};

export const KEY: Members = {
  name: PLACE,
  scopes: ['ingest'],
  organisations: [ORGANISATION],
  sources: [SOURCE],
  requestsPerMinute: 100,
};

export const ROTATION: Members = { overlapHours: 24 };

export const ERASURE: Members = { organisation: ORGANISATION, caseId: `c-${PLACE}`, request: 'AVG-14' };

export const WITHDRAWAL: Members = { count: 1, reason: 'error' };

/** The code of the connection that the fuzzed ingest has. */
export const CONNECTION = 'proef';

/** A notification as the Notificaties API sends it, about a zaak under an address. */
export function notification(zakenUrl: string): Members {
  const zaak = `${zakenUrl}zaken/6f3f1a2e-7a54-4c1e-9d7c-5e0b8f2d9a11`;
  return {
    kanaal: 'zaken',
    hoofdObject: zaak,
    resource: 'status',
    resourceUrl: `${zakenUrl}statussen/0d3c1a2e-7a54-4c1e-9d7c-5e0b8f2d9a11`,
    actie: 'create',
    aanmaakdatum: '2026-03-18T09:12:44Z',
    kenmerken: { bronorganisatie: '000000000', zaaktype: PLACE, vertrouwelijkheidaanduiding: 'openbaar' },
  };
}

export const COLUMNS = ['Nummer', 'Datum', 'Thema', 'Team', 'Dienst', 'Aantal', 'Kans'];
export const ROW = [`c-${PLACE}`, '17-03-2021', 'Thema 3', PLACE, 'begeleiding-individueel', '26,5', 'Zeker'];
