/** What only the calculator can know is not lost: it is kept, and counts once settings allow it. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SentData, SentPriceList, SentProgramme } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  BEGELEIDING,
  PRICE_LIST,
  PROGRAMME,
  registered,
  usePipeline,
} from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

interface Kind {
  /** The reason, which also names the programme and the case. */
  reason: string;
  /** The settings under which the event cannot count; without these there is no programme yet. */
  before?: Partial<SentProgramme>;
  after?: Partial<SentProgramme>;
  /** A price list of its own, before and after. */
  prices?: [before: SentPriceList | undefined, after: SentPriceList];
  data?: Partial<SentData>;
}

const [EDITION] = PRICE_LIST.editions;
const ITEMS = EDITION?.items ?? [];
const editionFrom = (from: string, items = ITEMS): SentPriceList => ({
  name: 'Prijzen',
  editions: [{ from, items }],
});
const line = (changes: object) => ({ avoided: [{ ...BEGELEIDING, ...changes }] });
const theme = { code: '8', name: 'Nieuw', goals: [{ code: '8.1', name: 'Doel' }] };
const bearer = { code: 'politie', name: 'Politie', municipal: false };
const workType = { code: 'opbouwwerk', name: 'Opbouwwerk' };

const KINDS: Kind[] = [
  { reason: 'unknown-programme', after: {} },
  {
    reason: 'unknown-theme',
    before: {},
    after: { themes: [...PROGRAMME.themes, theme] },
    data: { theme: '8' },
  },
  {
    ...{ reason: 'unknown-goal', before: { themes: [{ ...theme, goals: [] }] }, after: { themes: [theme] } },
    data: { theme: '8', goal: '8.1' },
  },
  {
    ...{ reason: 'unknown-work-type', before: {}, after: { workTypes: [workType] } },
    data: { workType: 'opbouwwerk' },
  },
  { reason: 'unknown-price-list', before: {}, prices: [undefined, PRICE_LIST] },
  { reason: 'unknown-service', before: {}, prices: [editionFrom('2021-01-01', []), PRICE_LIST] },
  { reason: 'no-price', before: {}, prices: [editionFrom('2021-04-01'), editionFrom('2021-03-17')] },
  {
    ...{
      reason: 'unknown-cost-bearer',
      before: {},
      after: { costBearers: [...PROGRAMME.costBearers, bearer] },
    },
    data: line({ costBearer: 'politie' }),
  },
  {
    ...{ reason: 'likelihood-missing', before: {}, after: { method: 'sroi' } },
    data: { avoided: [{ service: 'begeleiding', contribution: 70 }] },
  },
  {
    ...{ reason: 'contribution-missing', before: {}, after: { method: 'sroi' } },
    data: { avoided: [{ service: 'begeleiding', likelihood: 'possible' }] },
  },
  {
    ...{ reason: 'no-factor', before: { correctionFactors: [{ from: '2021-04-01', factor: '0.9' }] } },
    after: { correctionFactors: [{ from: '2021-03-01', factor: '0.85' }] },
  },
];

test.each(KINDS)('$reason: kept, and counted as soon as the settings allow it', async (kind) => {
  const { reason, before, after, prices, data } = kind;
  const address = { ...ADDRESS, programme: reason };
  const own = prices === undefined ? {} : { priceList: reason };
  if (prices?.[0] !== undefined) await world.putPriceList(reason, prices[0]);
  if (before !== undefined) await world.putProgramme(address, { ...PROGRAMME, ...own, ...before });
  const event = assessed(reason, 0, { programme: reason, ...data });
  await world.send(event);
  expect(await world.faults()).toEqual([]);
  expect(await standingOf(reason)).toEqual({ recorded: 1, reason, counted: false, entries: 0 });
  expect((await pipeline.status()).quarantined).toBe(1);
  if (prices !== undefined) await world.putPriceList(reason, prices[1]);
  if (after !== undefined) await world.putProgramme(address, { ...PROGRAMME, ...own, ...after });
  expect(await world.faults()).toEqual([]);
  expect(await standingOf(reason)).toEqual({ recorded: 1, reason: null, counted: true, entries: 1 });
  expect((await pipeline.status()).quarantined).toBe(0);
});

test('a goal of another theme of the programme counts', async () => {
  await world.send(assessed('other-theme', 0, { theme: '3', goal: '1.5' }));
  expect(await world.faults()).toEqual([]);
  expect(await standingOf('other-theme')).toMatchObject({ reason: null, counted: true });
});

test('a registered case needs no price and no factor', async () => {
  const none = { correctionFactors: [{ from: '2030-01-01', factor: '0.9' }], priceList: 'nowhere' };
  await world.putProgramme({ ...ADDRESS, programme: 'poor' }, { ...PROGRAMME, ...none });
  await world.send(registered('poor', 0, { programme: 'poor' }));
  expect(await world.faults()).toEqual([]);
  expect(await standingOf('poor')).toMatchObject({ reason: null, counted: true });
});

test('settings that stop valuing a case leave it to the revision below, and the ledger says so', async () => {
  const address = { ...ADDRESS, programme: 'stops' };
  const one = { programme: 'stops', ...line({ quantity: '1' }) };
  await world.putProgramme(address, PROGRAMME);
  await world.send(assessed('stops', 0, { ...one, ...line({ costBearer: 'zorgverzekeraar' }) }));
  await world.send(assessed('stops', 1, { ...one, theme: '1' }), assessed('stops', 2, one));
  expect(await world.faults()).toEqual([]);
  await world.putProgramme(address, {
    ...PROGRAMME,
    themes: PROGRAMME.themes.filter(({ code }) => code === '1'),
  });
  expect(await world.faults()).toEqual([]);
  expect(await revaluationsOf('stops')).toEqual(['-2', '+1']);
  expect(await standingOf('stops')).toMatchObject({ reason: 'unknown-theme', counted: true });
  await world.putProgramme(address, { ...PROGRAMME, themes: [] });
  expect(await world.faults()).toEqual([]);
  expect(await revaluationsOf('stops')).toEqual(['-2', '+1', '-1']);
  expect(await standingOf('stops')).toMatchObject({ counted: false });
  await world.putProgramme(address, PROGRAMME);
  expect(await world.faults()).toEqual([]);
  expect(await revaluationsOf('stops')).toEqual(['-2', '+1', '-1', '+2']);
  expect(await standingOf('stops')).toMatchObject({ reason: null, counted: true });
});

/** What is stored of the events of a case; `reason` is the first, by number. */
async function standingOf(caseId: string) {
  const { rows } = await sql`
    SELECT (SELECT count(*)::integer FROM event e WHERE e.case_id = c.case_id) AS recorded,
      (SELECT q.reason FROM quarantine q WHERE q.case_id = c.case_id ORDER BY q.number LIMIT 1) AS reason,
      c.counted IS NOT NULL AS counted,
      (SELECT count(*)::integer FROM ledger l WHERE l.event = ANY(c.events)) AS entries
    FROM case_state c WHERE c.case_id = ${caseId}`.execute(pipeline.db);
  return rows[0];
}

/** Of the entries that settings made: the sign, and the revision that it is about. */
async function revaluationsOf(caseId: string): Promise<string[]> {
  const { rows } = await sql<{ entry: string }>`
    SELECT CASE l.sign WHEN 1 THEN '+' ELSE '-' END || (e.payload::json->'data'->>'revision') AS entry
    FROM ledger l JOIN event e ON e.organisation = l.organisation AND e.number = l.event
    JOIN settings s ON s.number = l.cause
    WHERE e.case_id = ${caseId} AND l.revalued ORDER BY l.cause, l.sign`.execute(pipeline.db);
  return rows.map(({ entry }) => entry);
}
