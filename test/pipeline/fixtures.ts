/** A small world for the tests of the pipeline: one programme and one price list, and cases of it. */
import { afterAll, beforeAll } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import {
  type SentData,
  type SentEvent,
  type SentLine,
  type SentPriceList,
  type SentProgramme,
  TYPES,
} from '../harness/sent.ts';
import { World } from '../harness/world.ts';

export const SOURCE = 'urn:nld:kvknr:41224547:systeem:registratie';
export const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
export const PRICES = 'kostenhandleiding';

export const PROGRAMME: SentProgramme = {
  name: 'Maatschappelijke opdracht',
  method: 'preventiecalculator',
  correctionFactors: [{ from: '2021-01-01', factor: '0.90' }],
  priceList: PRICES,
  themes: [
    { code: '1', name: 'Samen leven', goals: [{ code: '1.5', name: 'Verbindingen' }] },
    { code: '3', name: 'Kwetsbare inwoners', goals: [{ code: '3.2', name: 'Grip' }] },
  ],
  workTypes: [{ code: 'jongerenwerk', name: 'Jongerenwerk' }],
  costBearers: [
    { code: 'gemeente', name: 'Gemeente', municipal: true },
    { code: 'zorgverzekeraar', name: 'Zorgverzekeraar', municipal: false },
  ],
};

export const PRICE_LIST: SentPriceList = {
  name: 'Kostenhandleiding',
  editions: [
    {
      from: '2021-01-01',
      items: [
        { service: 'begeleiding', name: 'Begeleiding', unit: 'uur', price: '64.00', costBearer: 'gemeente' },
        {
          service: 'huisarts',
          name: 'Huisarts',
          unit: 'consult',
          price: '33.35',
          costBearer: 'zorgverzekeraar',
        },
      ],
    },
  ],
};

export const BEGELEIDING: SentLine = {
  service: 'begeleiding',
  quantity: '26',
  likelihood: 'probable',
  contribution: 'certain',
};

let sent = 0;

/** An event with an identity of its own; `changes` win over what a usual event says. */
function event(type: SentEvent['type'], data: SentData, changes: Partial<SentEvent>): SentEvent {
  sent++;
  const time = new Date(Date.UTC(2021, 5, 1) + sent * 1_000).toISOString();
  return { specversion: '1.0', id: `e-${sent}`, source: SOURCE, type, time, data, ...changes };
}

function usual(caseId: string, revision: number, data: Partial<SentData>): SentData {
  return { ...ADDRESS, caseId, revision, date: '2021-03-17', theme: '3', ...data };
}

export function assessed(
  caseId: string,
  revision: number,
  data: Partial<SentData> = {},
  changes: Partial<SentEvent> = {},
): SentEvent {
  return event(TYPES.assessed, { ...usual(caseId, revision, { avoided: [BEGELEIDING], ...data }) }, changes);
}

export function registered(caseId: string, revision: number, data: Partial<SentData> = {}): SentEvent {
  return event(TYPES.registered, usual(caseId, revision, data), {});
}

export function withdrawn(caseId: string, revision: number): SentEvent {
  return event(TYPES.withdrawn, { ...ADDRESS, caseId, revision, reason: 'error' }, {});
}

/** Many cases of one event each. */
export function manyCases(prefix: string, count: number, data: Partial<SentData> = {}): SentEvent[] {
  return Array.from({ length: count }, (_, number) => assessed(`${prefix}-${number}`, 0, data));
}

/** A pipeline for the tests of a file; it ends after them, and nothing may be left. */
export function usePipeline(): World {
  const pipeline = new Pipeline();
  const world = new World(pipeline);
  beforeAll(async () => {
    await pipeline.start([pipeline.calculator, pipeline.ingest, pipeline.portal]);
    await world.putPriceList(PRICES, PRICE_LIST);
    await world.putProgramme(ADDRESS, PROGRAMME);
  });
  afterAll(() => pipeline.end());
  return world;
}
