/** A small programme with cases that wait for an assessment, and those who assess them. */
import { putPriceList, putProgramme } from '../harness/sender.ts';
import { type SentData, type SentEvent, TYPES } from '../harness/sent.ts';
import { type PeopleStack, startPeopleStack } from '../people/people-stack.ts';

const SOURCE = 'urn:nld:kvknr:41224547:systeem:registratie';
const PLACE = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' } as const;
export const DATE = '2024-03-17';

/** An answer with its body as JSON. */
export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any member of an answer.
  body: any;
}

/** The keys of a worker and of a team leader. */
export interface Keys {
  worker: string;
  leader: string;
  /** Of another organisation. */
  stranger: string;
  reader: string;
}

export interface AssessingWorld {
  stack: PeopleStack;
  keys: Keys;
  /** Asks the portal, or ingest, with a key. */
  ask(method: 'GET' | 'POST', path: string, key: string, body?: unknown): Promise<Answered>;
  review(caseId: string, key: string, body: unknown): Promise<Answered>;
  end(): Promise<void>;
}

export async function startAssessingWorld(): Promise<AssessingWorld> {
  const stack = await startPeopleStack({ isEmpty: true });
  try {
    await putPriceList(stack.pipeline, 'lijst', PRICE_LIST);
    await putProgramme(stack.pipeline, PLACE, PROGRAMME);
    const own = [PLACE.organisation];
    const keys = {
      worker: await stack.makeKey(['read', 'detail', 'ingest'], own),
      leader: await stack.makeKey(['read', 'detail', 'ingest', 'review'], own),
      stranger: await stack.makeKey(['read', 'detail', 'ingest', 'review'], ['ander']),
      reader: await stack.makeKey(['read'], own),
    };
    return {
      ...{ stack, keys, end: () => stack.end() },
      ask: (method, path, key, body) => answered(stack.portal + path, method, key, body),
      review: (caseId, key, body) =>
        answered(`${stack.ingest}/v1/reviews/meerwaarde/${caseId}`, 'PUT', key, body),
    };
  } catch (error) {
    await stack.end();
    throw error;
  }
}

async function answered(url: string, method: string, key: string, body: unknown): Promise<Answered> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const { 'content-type': _type, ...bare } = headers;
  const answer = await fetch(url, { method, headers: body === undefined ? bare : headers, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

let events = 0;

/** An event of a case; `data` changes it. */
export function eventOf(caseId: string, data: Partial<SentData> = {}): SentEvent {
  events++;
  const { avoided, reason } = data;
  const type = avoided !== undefined ? 'assessed' : reason !== undefined ? 'withdrawn' : 'registered';
  return {
    ...{ specversion: '1.0', id: `e-${events}`, source: SOURCE, type: TYPES[type] },
    time: new Date().toISOString(),
    data: { ...PLACE, caseId, revision: 1, date: DATE, theme: '3', goal: '3.2', ...data },
  };
}

const PROGRAMME: Parameters<typeof putProgramme>[2] = {
  name: 'Maatschappelijke opdracht',
  method: 'preventiecalculator',
  correctionFactors: [{ from: '2021-01-01', factor: '0.90' }],
  followingYears: 2,
  priceList: 'lijst',
  themes: [
    { code: '1', name: 'Samen leven', goals: [{ code: '1.1', name: 'Buren kennen elkaar' }] },
    {
      ...{ code: '3', name: 'Kwetsbare inwoners' },
      goals: [
        { code: '3.1', name: 'Steun dichtbij' },
        { code: '3.2', name: 'Grip op problemen' },
      ],
    },
  ],
  workTypes: [{ code: 'maatschappelijk-werk', name: 'Maatschappelijk werk' }],
  costBearers: [
    { code: 'gemeente', name: 'Gemeente', municipal: true },
    { code: 'zorgverzekeraar', name: 'Zorgverzekeraar', municipal: false },
  ],
};

const PRICE_LIST: Parameters<typeof putPriceList>[2] = {
  name: 'Prijslijst',
  editions: [
    {
      from: '2021-01-01',
      items: [
        item('huisarts', 'Consult huisarts', 'consult', '40.00', 'zorgverzekeraar'),
        item('begeleiding', 'Begeleiding individueel', 'uur', '64.00', 'gemeente'),
        item('dagbesteding', 'Dagbesteding', 'dagdeel', '71.50', 'gemeente'),
        item('opvang', 'Maatschappelijke opvang', 'etmaal', '131.25', 'gemeente'),
      ],
    },
  ],
};

function item(service: string, name: string, unit: string, price: string, costBearer: string) {
  return { service, name, unit, price, costBearer };
}
