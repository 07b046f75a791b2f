/** The guards against overclaiming, worked out by hand, on a pipeline that runs. */
import { ceilingsSchema, doubleClaimsSchema, followUpSchema, spreadSchema } from '@effectstroom/contracts';
import { becomesTrue } from '@effectstroom/infra';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { erase } from '../erasure/erasing.ts';
import type { SentData, SentEvent, SentLine } from '../harness/sent.ts';
import { ADDRESS, assessed, PRICES, PROGRAMME, usePipeline, withdrawn } from '../pipeline/fixtures.ts';
import { readCsv, readXlsx } from '../portal/read-files.ts';
import { answerOf, askGuard, compared } from './ask-guard.ts';

const world = usePipeline();
const { pipeline } = world;
const OTHER = { ...ADDRESS, organisation: 'ander' };
const YEAR = { from: '2021-01-01', to: '2021-12-31' };
const RESIDENT = 'resident-key-of-somebody';

const line = (service: string, changes: Partial<SentLine> = {}): SentLine => ({
  ...{ service, quantity: '10', likelihood: 'certain', contribution: 'certain' },
  ...changes,
});
const ofResident = (caseId: string, date: string, avoided: SentLine[], data: Partial<SentData> = {}) =>
  assessed(caseId, 0, { date, avoided, residentKey: RESIDENT, ...data });
const other = (event: SentEvent): SentEvent => ({
  ...event,
  data: { ...event.data, organisation: OTHER.organisation },
});

beforeAll(async () => {
  await world.putProgramme(OTHER, PROGRAMME);
});

describe('double claims', () => {
  const ask = (query: Record<string, string> = {}) =>
    answerOf(pipeline, 'double-claims', { ...YEAR, municipality: 'GM0394', ...query }, doubleClaimsSchema);

  test('are of one service and resident within twelve months, across organisations and teams', async () => {
    await world.send(
      ofResident('first', '2021-01-10', [line('begeleiding')], { team: 'noord' }),
      // Another service; and one without a resident.
      ofResident('else', '2021-02-01', [line('huisarts')], { team: 'noord' }),
      assessed('nobody', 0, { date: '2021-02-01', avoided: [line('begeleiding')] }),
    );
    await world.send(
      ofResident('second', '2021-03-01', [line('begeleiding'), line('huisarts')], {
        team: 'zuid',
        similarCases: 3,
      }),
      other(ofResident('third', '2022-02-28', [line('begeleiding')])),
    );
    await compared(pipeline);
    const { rows, all, double, without, cases } = await ask();
    expect(rows).toEqual([
      {
        ...{ organisation: 'meerwaarde', caseId: 'second', date: '2021-03-01', team: 'zuid' },
        // 10 × 64.00 × 3 similar cases × 0.9.
        ...{ service: 'begeleiding', corrected: '1728.00', exact: '1728.0000000000', across: 'teams' },
        earlier: { organisation: 'meerwaarde', caseId: 'first', date: '2021-01-10', team: 'noord' },
      },
      {
        ...{ organisation: 'meerwaarde', caseId: 'second', date: '2021-03-01', team: 'zuid' },
        ...{ service: 'huisarts', corrected: '900.45', exact: '900.4500000000', across: 'teams' },
        earlier: { organisation: 'meerwaarde', caseId: 'else', date: '2021-02-01', team: 'noord' },
      },
    ]);
    expect(cases).toEqual({ assessed: 4, withResident: 3, double: 1 });
    // 576 + 300.15 + 576 + 1728 + 900.45.
    expect([all.corrected, double.corrected, without.corrected]).toEqual(['4080.60', '2628.45', '1452.15']);
    const { rows: later } = await ask({ from: '2022-01-01', to: '2022-12-31' });
    expect(later).toMatchObject([
      { caseId: 'third', across: 'organisations', earlier: { caseId: 'second' } },
    ]);
  });

  test('of an organisation that the key may not read are not named', async () => {
    const key = await makeKey({ scopes: ['read', 'admin'], organisations: ['ander'] });
    const query = { from: '2022-01-01', to: '2022-12-31', organisation: 'ander' };
    const response = await askGuard(pipeline, 'double-claims', query, { authorization: `Bearer ${key}` });
    const text = await response.text();
    expect(doubleClaimsSchema.parse(JSON.parse(text)).rows).toMatchObject([
      {
        ...{ caseId: 'third', across: 'organisations' },
        earlier: { organisation: null, caseId: null, date: null, team: null },
      },
    ]);
    expect(text).not.toMatch(/meerwaarde|second/);
  });

  test('come in pages, and as files', async () => {
    const first = await ask({ limit: '1' });
    const second = await ask({ limit: '1', cursor: first.next ?? '' });
    const both = await ask();
    expect([...first.rows, ...second.rows]).toEqual(both.rows);
    expect([first.double, second.double, second.next]).toEqual([both.double, both.double, null]);
    for (const [accept, read] of [
      ['text/csv', readCsv],
      ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', readXlsx],
    ] as const) {
      const response = await askGuard(
        pipeline,
        'double-claims',
        { ...YEAR, municipality: 'GM0394' },
        { accept },
      );
      const rows = read(Buffer.from(await response.arrayBuffer()));
      expect(rows.map(({ kind }) => kind)).toEqual(['row', 'row', 'all', 'double', 'without']);
    }
  });

  test('follow a correction, and stay as they were known', async () => {
    const { basis, ...before } = await ask();
    const correction = ofResident('first', '2021-06-01', [line('begeleiding')]);
    await world.send({ ...correction, data: { ...correction.data, revision: 1 } }, withdrawn('else', 1));
    await compared(pipeline);
    const after = await ask();
    expect(after.rows).toMatchObject([
      { caseId: 'first', service: 'begeleiding', earlier: { caseId: 'second' } },
    ]);
    const { basis: _, ...again } = await ask({ asOf: basis.asOf ?? '' });
    expect(again).toEqual(before);
  });

  test('name an erased case no longer, also as they were known before', async () => {
    const later = { from: '2022-01-01', to: '2022-12-31' };
    const { rows, basis } = await ask(later);
    expect(rows).toMatchObject([{ caseId: 'third', earlier: { caseId: 'first' } }]);
    const naming = async () => {
      const { rows } = await sql<{ pair: string }>`SELECT d::text AS pair FROM double_claim d
        WHERE NOT EXISTS (SELECT FROM event e WHERE e.organisation = d.earlier_organisation
          AND e.number = d.earlier_event)`.execute(pipeline.db);
      return rows;
    };
    await erase(world, ADDRESS.organisation, 'first');
    expect(await naming()).toEqual([]);
    expect((await ask({ ...later, asOf: basis.asOf ?? '' })).rows).toEqual([]);
    await compared(pipeline);
    expect((await ask(later)).rows).toMatchObject([{ caseId: 'third', earlier: { caseId: 'second' } }]);
  });
});

describe('ceilings', () => {
  const ceilings = [
    { service: 'begeleiding', year: 2021, quantity: '40', source: 'Jaarrekening' },
    { service: 'huisarts', year: 2021, amount: '1000.00' },
    { service: 'niets', year: 2021, quantity: '0' },
    { service: 'begeleiding', year: 2022, quantity: '4' },
  ];
  const address = { ...ADDRESS, organisation: 'plafond' };
  const data = { organisation: 'plafond' };
  const ask = (year: string) =>
    answerOf(pipeline, 'ceilings', { year, organisation: 'plafond' }, ceilingsSchema);

  test('are held against what is realised in the calendar year', async () => {
    await world.putProgramme(address, { ...PROGRAMME, ...{ ceilings } });
    await world.send(
      // 26 × 0.7 × 2 = 36.4 hours, and 10 a year in 2021, 2022 and 2023.
      assessed('p-1', 0, { ...data, similarCases: 2 }),
      assessed('p-2', 0, { ...data, avoided: [line('begeleiding', { recurrence: 'yearly' })] }),
      assessed('p-3', 0, { ...data, avoided: [line('huisarts')] }),
    );
    await pipeline.settled();
    const { rows } = await ask('2021');
    expect(rows).toMatchObject([
      {
        ...{ service: 'begeleiding', cases: 2, share: '1.1600', over: true },
        ceiling: { quantity: '40.0000', amount: null, source: 'Jaarrekening' },
        claimed: { quantity: '46.4000', gross: '2969.60', corrected: '2672.64' },
        above: { quantity: '6.4000', gross: '409.60', corrected: '368.64' },
      },
      {
        ...{ service: 'huisarts', cases: 1, share: '0.3335', over: false },
        ...{ claimed: { quantity: null, gross: '333.50' }, above: { quantity: null, gross: '0.00' } },
      },
      { service: 'niets', cases: 0, share: null, over: false, claimed: { quantity: '0.0000' } },
    ]);
    expect((await ask('2022')).rows).toMatchObject([{ cases: 1, share: '2.5000', over: true }]);
    expect((await ask('2024')).rows).toEqual([]);
  });

  test('are counted over two prices', async () => {
    const items = [
      { service: 'begeleiding', name: 'Begeleiding', unit: 'uur', price: '80.00', costBearer: 'gemeente' },
    ];
    const { priceLists } = world.book;
    const before = priceLists.get(PRICES);
    if (before === undefined) throw new Error('There is no price list');
    await world.putPriceList(PRICES, {
      ...before,
      editions: [...before.editions, { from: '2022-01-01', items }],
    });
    await world.send(assessed('p-4', 0, { ...data, date: '2022-05-05', avoided: [line('begeleiding')] }));
    await pipeline.settled();
    expect((await ask('2022')).rows).toMatchObject([
      { cases: 2, claimed: { quantity: '20.0000', gross: '1440.00' }, above: { quantity: '16.0000' } },
    ]);
    await world.putPriceList(PRICES, before);
    await pipeline.settled();
  });
});

describe('follow-up', () => {
  const data = { organisation: 'nazorg' };
  const followed = (
    caseId: string,
    date: string,
    outcome: string,
    likelihood: string | number,
    goal = '3.2',
  ) =>
    assessed(caseId, 0, {
      ...{ ...data, goal, team: 'oost', followUp: { date, outcome } },
      avoided: [line('begeleiding', { likelihood }), line('huisarts', { likelihood: 'certain' })],
    } as Partial<SentData>);

  test('gives the realised share beside the claimed likelihood of the same cases', async () => {
    await world.putProgramme({ ...ADDRESS, organisation: 'nazorg' }, PROGRAMME);
    await world.send(
      followed('n-1', '2021-09-17', 'stayed-away', 'probable'),
      followed('n-2', '2022-03-17', 'partly', 'possible'),
      followed('n-3', '2021-12-01', 'used-anyway', 50),
      followed('n-4', '2021-09-16', 'stayed-away', 'certain'),
      followed('n-5', '2022-03-18', 'used-anyway', 'certain'),
      assessed('n-6', 0, { ...data, goal: '3.2' }),
      assessed('n-7', 0, { ...data, theme: '1', goal: '1.5' }),
    );
    await pipeline.settled();
    const query = { ...YEAR, organisation: 'nazorg', groupBy: 'goal' };
    const { basis, rows, total } = await answerOf(pipeline, 'follow-up', query, followUpSchema);
    expect(basis.groupBy).toEqual(['goal']);
    const nobody = { stayedAway: 0, partly: 0, usedAnyway: 0 };
    const figures = {
      ...{ followed: 3, outcomes: { stayedAway: 1, partly: 1, usedAnyway: 1 } },
      // (1 + ½) ÷ 3; the means of (85, 67.5, 75).
      ...{ realised: '0.5000', claimed: '0.7583', difference: '-0.2583' },
      tooEarly: { ...nobody, stayedAway: 1 },
      tooLate: { ...nobody, usedAnyway: 1 },
    };
    const none = { realised: null, claimed: null, difference: null };
    expect(rows).toEqual([
      {
        ...{ theme: '1', goal: '1.5', assessed: 1, followed: 0, outcomes: nobody, ...none },
        ...{ tooEarly: nobody, tooLate: nobody },
      },
      { theme: '3', goal: '3.2', assessed: 6, ...figures },
    ]);
    expect(total).toEqual({ assessed: 7, ...figures });
    const byTeam = { ...query, groupBy: 'team' };
    expect((await answerOf(pipeline, 'follow-up', byTeam, followUpSchema)).rows).toMatchObject([
      { organisation: 'nazorg', team: 'oost', assessed: 5, followed: 3 },
      { organisation: 'nazorg', team: null, assessed: 2, followed: 0 },
    ]);
  });

  test('is not for a key without detail, and neither are the others', async () => {
    const key = await makeKey({ scopes: ['read'], organisations: ['*'] });
    const period = { ...YEAR, municipality: 'GM0394' };
    const questions = Object.entries({
      ...{ 'double-claims': period, ceilings: { year: '2021' } },
      ...{ 'follow-up': period, spread: { ...period, groupBy: 'team,theme' } },
    });
    for (const [guard, query] of questions) {
      const response = await askGuard(pipeline, guard, query, { authorization: `Bearer ${key}` });
      expect(await response.json()).toMatchObject({
        ...{ status: 403, detail: expect.stringContaining('use a key with the scope detail') },
      });
    }
  });
});

describe('spread', () => {
  const claims = (team: string, count: number, likelihood: string | number) =>
    Array.from({ length: count }, (_, at) =>
      assessed(`s-${team}-${at}-${likelihood}`, 0, {
        ...{ organisation: 'spreiding', team },
        avoided: [line('begeleiding', { likelihood })],
      }),
    );

  test('tells a team that claims more than the others, beyond chance', async () => {
    await world.putProgramme({ ...ADDRESS, organisation: 'spreiding' }, PROGRAMME);
    await world.send(
      ...claims('zeker', 20, 'certain'),
      ...(['noord', 'zuid'] as const).flatMap((team) => [
        ...claims(team, 10, 'certain'),
        ...claims(team, 10, 'probable'),
        ...claims(team, 9, 35),
        ...claims(team, 1, 'possible'),
      ]),
    );
    await pipeline.settled();
    const query = { ...YEAR, organisation: 'spreiding' };
    const { rows, total } = await answerOf(pipeline, 'spread', query, spreadSchema);
    expect(
      rows.map(({ team, cases, lines, likelihood }) => [team, cases, lines, likelihood?.stands]),
    ).toEqual([
      ['noord', 30, 30, false],
      ['zeker', 20, 20, true],
      ['zuid', 30, 30, false],
    ]);
    expect(rows[1]?.likelihood).toMatchObject({ mean: '1.0000', difference: '0.3167' });
    expect(rows[0]?.likelihood).toMatchObject({
      mean: '0.6833',
      quartiles: ['0.3500', '0.7000', '1.0000'],
      levels: { certain: '0.3333', probable: '0.3333', possible: '0.0333', number: '0.3000' },
    });
    expect(rows[0]?.contribution).toMatchObject({ mean: '1.0000', difference: '0.0000', stands: false });
    expect(total).toMatchObject({ cases: 80, lines: 80, likelihood: { mean: '0.7625', difference: null } });
    const byTheme = { ...query, groupBy: 'team,theme' };
    expect((await answerOf(pipeline, 'spread', byTheme, spreadSchema)).rows[0]).toMatchObject({ theme: '3' });
  });

  test('is a file as well', async () => {
    const response = await askGuard(
      pipeline,
      'spread',
      { ...YEAR, organisation: 'spreiding' },
      { accept: 'text/csv' },
    );
    const rows = readCsv(Buffer.from(await response.arrayBuffer()));
    expect(rows.map((row) => [row['kind'], row['likelihood.mean']])).toEqual([
      ...[
        ['row', '0,6833'],
        ['row', '1,0000'],
        ['row', '0,6833'],
      ],
      ['total', '0,7625'],
    ]);
  });
});

test.each([
  ['double-claims', { from: '2021-01-01' }, ['/municipality', '/to']],
  [
    'double-claims',
    { ...YEAR, costBearer: 'gemeente', limit: '0' },
    ['/costBearer', '/limit', '/municipality'],
  ],
  ['ceilings', { year: '21', municipality: 'X' }, ['/municipality', '/year']],
  ['ceilings', { from: '2021-01-01' }, ['/from', '/year']],
  ['follow-up', { ...YEAR, groupBy: 'area', organisation: 'nazorg' }, ['/groupBy']],
  ['follow-up', { ...YEAR, programme: 'main' }, ['/municipality']],
  ['spread', { ...YEAR, groupBy: 'theme', to: '2020-01-01' }, ['/groupBy', '/municipality', '/to']],
])('%s refuses %j with every fault', async (guard, query, pointers) => {
  const response = await askGuard(pipeline, guard, query as Record<string, string>);
  const { errors } = (await response.json()) as { errors: { pointer: string }[] };
  expect([response.status, errors.map(({ pointer }) => pointer).sort()]).toEqual([400, pointers]);
});

test('works out two at a time, and asks others to come back', async () => {
  const query = { ...YEAR, municipality: 'GM0394' };
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      askGuard(pipeline, ['double-claims', 'follow-up', 'spread'][at % 3] ?? '', query),
    ),
  );
  const busy = answers.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.every(({ headers }) => headers.get('retry-after') === '5')).toBe(true);
  expect(answers.filter(({ status }) => status === 200).length).toBe(12 - busy.length);
  expect((await askGuard(pipeline, 'spread', query)).status).toBe(200);
});

/** A key of its own, once the portal knows it. */
async function makeKey(rights: { scopes: string[]; organisations: string[] }): Promise<string> {
  const response = await fetch(`${pipeline.ingest.running.url}/v1/keys`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'test', sources: ['*'], ...rights }),
  });
  const { key } = (await response.json()) as { key: string };
  const isKnown = async () => {
    const answer = await askGuard(pipeline, 'follow-up', {}, { authorization: `Bearer ${key}` });
    return answer.status !== 401;
  };
  if (!(await becomesTrue(isKnown, 20_000))) throw new Error('the portal does not know the key');
  return key;
}
