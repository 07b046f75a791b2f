/**
 * The API of assessing: the work list, the saving before it is sent, sending it, and what a team leader
 * says.
 */
import { createHash } from 'node:crypto';
import { STREAM } from '@effectstroom/contracts';
import { createLog } from '@effectstroom/runtime';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReviewBook } from '../../services/portal/src/assessing/review-book.ts';
import { sweepReviews } from '../../services/portal/src/assessing/sweep-reviews.ts';
import { type AssessingWorld, DATE, eventOf, startAssessingWorld } from './assessing-world.ts';

const RESIDENT = 'a-key-of-one-resident';
const LINE = {
  ...{ service: 'begeleiding', quantity: '26', likelihood: 'probable', contribution: 'certain' },
} as const;
const YEARLY = {
  ...{ service: 'dagbesteding', quantity: '52', likelihood: 'possible', contribution: 'probable' },
  recurrence: 'yearly',
} as const;

let world: AssessingWorld;
beforeAll(async () => {
  world = await startAssessingWorld();
  const { stack } = world;
  await stack.send([
    eventOf('full', {
      ...{ residentKey: RESIDENT, workType: 'maatschappelijk-werk', targetGroup: 'adults' },
      ...{ supportType: 'licht', team: 'noord', area: 'WK039401' },
      followUp: { date: '2024-10-01', outcome: 'partly' },
    }),
    eventOf('former', { avoided: [{ ...LINE }], similarCases: 3, wellbeing: 'participation' }),
    eventOf('former', { revision: 2 }),
    eventOf('gone', { date: DATE }),
    eventOf('gone', { revision: 2, reason: 'error' }),
    eventOf('quarantined', { theme: 'unknown' }),
    ...Array.from({ length: 25 }, (_, number) => eventOf(`sampled-${number}`, { theme: '1', goal: '1.1' })),
    eventOf('sampled-25', { theme: '1', goal: '1.1', avoided: [{ ...LINE }] }),
  ]);
  await stack.settled();
});
afterAll(() => world?.end());

const list = async (query = '', key = world.keys.worker) =>
  (await world.ask('GET', `/v1/assessments${query}`, key)).body;
const caseIds = (answer: { rows: { caseId: string }[] }) => answer.rows.map(({ caseId }) => caseId);
const assess = (caseId: string, body: object, key = world.keys.worker) =>
  world.ask('POST', `/v1/assessments/meerwaarde/${caseId}`, key, body);
const formOf = (caseId: string) =>
  world.ask('GET', `/v1/assessments/meerwaarde/${caseId}`, world.keys.worker);

describe('the work list', () => {
  it('has the registered cases in pages, and none that are assessed, withdrawn or in quarantine', async () => {
    const whole = await list('?limit=1000');
    expect(whole.waiting).toBe(27);
    expect(caseIds(whole).filter((id) => !id.startsWith('sampled'))).toEqual(['former', 'full']);
    const pages: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const answer = await list(`?limit=4&cursor=${cursor}`);
      expect(answer.waiting).toBe(27);
      pages.push(...caseIds(answer));
      if (answer.next === null) break;
      cursor = answer.next;
    }
    expect(pages).toEqual(caseIds(whole));
  });

  it('is filtered, also by team', async () => {
    expect(caseIds(await list('?team=noord&theme=3&goal=3.2&municipality=GM0394'))).toEqual(['full']);
    expect(await list(`?from=2024-03-18`)).toMatchObject({ rows: [], waiting: 0, next: null });
    expect(caseIds(await list(`?goal=3.2&from=${DATE}&to=${DATE}`))).toEqual(['former', 'full']);
  });

  it('is of what the key may see', async () => {
    const { keys, ask } = world;
    expect(await list('', keys.stranger)).toMatchObject({ rows: [], waiting: 0 });
    expect((await ask('GET', '/v1/assessments', keys.reader)).status).toBe(403);
    expect((await ask('GET', '/v1/assessments?organisation=meerwaarde', keys.stranger)).status).toBe(403);
  });

  it('draws a sample that anybody can draw again, and that stays while it is assessed', async () => {
    const query = '?organisation=meerwaarde&from=2024-01-01&to=2024-12-31&sample=6&seed=voorjaar';
    const answer = await list(query);
    const all = Array.from({ length: 26 }, (_, number) => `sampled-${number}`);
    const hash = (id: string) => createHash('md5').update(`voorjaar ${id}`).digest('hex');
    const drawn = all.toSorted((one, other) => (hash(one) < hash(other) ? -1 : 1)).slice(0, 6);
    const waiting = drawn.filter((id) => id !== 'sampled-25');
    const ofGoal = answer.rows.filter(({ goal }: { goal: string }) => goal === '1.1');
    expect(caseIds({ rows: ofGoal }).sort()).toEqual(waiting.toSorted());
    // 26 ÷ 6 = 4.33
    expect(ofGoal.map(({ similarCases }: { similarCases: number }) => similarCases)).toEqual(
      waiting.map(() => 4),
    );
    expect(answer.goals).toContainEqual({
      ...{ municipality: 'GM0394', programme: 'main', theme: '1', goal: '1.1' },
      goalName: 'Buren kennen elkaar',
      ...{ cases: 26, drawn: 6, waiting: waiting.length, similarCases: 4 },
    });
    expect(caseIds(await list(query))).toEqual(caseIds(answer));
    expect((await list('?sample=5')).errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/organisation',
      '/from',
      '/to',
    ]);
  });
});

describe('the saving before it is sent', () => {
  const preview = (body: object) =>
    world.ask('POST', '/v1/assessments/preview', world.keys.worker, {
      ...{ organisation: 'meerwaarde', caseId: 'full', ...body },
    });

  it('is worked out with its sum, and nothing is stored', async () => {
    const { status, body } = await preview({ avoided: [LINE, YEARLY], similarCases: 12 });
    expect(status).toBe(200);
    // 26 × 64 × 0,7 = 1164,80; 52 × 71,50 × 0,35 × 0,7 = 910,91 a year, three years.
    expect(body).toMatchObject({
      ...{ similarCases: 12, factor: '0.9000', oneOff: '12579.84', yearly: '29513.48' },
      ...{ gross: '46770.36', corrected: '42093.32' },
    });
    expect(body.lines[0]).toMatchObject({ years: ['1164.800000'], gross: '13977.60', corrected: '12579.84' });
    expect(body.lines[0].formula).toBe(
      '26 × € 64,00 × 70% kans × 100% eigen bijdrage = € 1.164,80 per casus' +
        '; × 12 soortgelijke casussen = € 13.977,60 bruto; × correctiefactor 0,9 = € 12.579,84',
    );
    expect(body.lines[1].years).toEqual(['910.910000', '910.910000', '910.910000']);
    expect((await formOf('full')).body).toMatchObject({ revision: 1, current: null });
  });

  it('names every fault at its place', async () => {
    const avoided = [
      { service: 'nergens', likelihood: 'certain', contribution: 'certain' },
      { ...LINE, likelihood: undefined },
      { ...LINE, quantity: '26' },
    ];
    const { status, body } = await preview({ avoided });
    expect(status).toBe(400);
    const named = body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]);
    expect(named).toEqual([
      ['/avoided/0/service', 'unknown-code'],
      ['/avoided/1/likelihood', 'required'],
    ]);
    const wrong = await preview({ avoided: [{ ...LINE, quantity: '-1' }], note: 'iets over een inwoner' });
    expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/avoided/0/quantity',
      '/note',
    ]);
  });
});

describe('an assessment', () => {
  it('becomes the next revision with everything else of the case, and counts', async () => {
    const before = await formOf('full');
    expect(before.body).toMatchObject({ revision: 1, themeName: 'Kwetsbare inwoners', current: null });
    expect(before.body.services).toHaveLength(4);
    expect(JSON.stringify(before.body)).not.toMatch(/residentKey|rk1:/);
    const body = { revision: 1, avoided: [LINE, YEARLY], similarCases: 12, wellbeing: 'participation' };
    expect(await assess('full', body)).toEqual({ status: 202, body: { accepted: 1, revision: 2 } });
    await world.stack.settled();
    const history = await world.stack.ask('/v1/cases/meerwaarde/full');
    expect(history).toMatchObject({ state: 'assessed' });
    const { rows } = await sql<{ payload: string }>`SELECT payload FROM event WHERE case_id = 'full'
      ORDER BY number`.execute(world.stack.pipeline.db);
    const [first, second] = rows.map(({ payload }) => JSON.parse(payload));
    const { avoided, similarCases, cost, wellbeing, ...kept } = second.data;
    expect(kept).toEqual({ ...first.data, revision: 2 });
    expect(kept.residentKey).toMatch(/^rk1:/);
    expect({ similarCases, cost, wellbeing, lines: avoided.length }).toEqual({
      ...{ similarCases: 12, cost: '0.00', wellbeing: 'participation', lines: 2 },
    });
    expect(second.source).toBe('urn:effectstroom:beoordelen');
    const savings = (await world.stack.ask(
      '/v1/savings?organisation=meerwaarde&from=2024-01-01&to=2024-12-31&goal=3.2',
    )) as { total: { corrected: { total: string } } };
    expect(savings.total.corrected.total).toBe('42093.32');
    expect(caseIds(await list('?goal=3.2'))).toEqual(['former']);
  });

  it('is refused where the case changed, was withdrawn, is not there, or the key may not send', async () => {
    const body = { revision: 1, avoided: [LINE] };
    const changed = await assess('full', body);
    expect([changed.status, changed.body.revision]).toEqual([409, 2]);
    expect((await assess('gone', body)).status).toBe(409);
    expect((await assess('quarantined', body)).status).toBe(409);
    expect((await assess('never-there', body)).status).toBe(404);
    expect((await assess('former', { ...body, revision: 2 }, world.keys.stranger)).status).toBe(403);
    const reads = await world.stack.makeKey(['read', 'detail'], ['meerwaarde']);
    expect((await assess('former', { ...body, revision: 2 }, reads)).status).toBe(403);
    expect((await assess('former', { avoided: [LINE] })).body.errors).toMatchObject([
      { pointer: '/revision' },
    ]);
  });

  it('that was there before is offered', async () => {
    expect((await formOf('former')).body).toMatchObject({
      ...{ revision: 2, type: 'nl.effectstroom.case.registered', current: null },
      former: { revision: 1, similarCases: 3, wellbeing: 'participation', avoided: [LINE] },
    });
  });
});

describe('a review', () => {
  const reviews = async (query = '') =>
    (await world.ask('GET', `/v1/reviews${query}`, world.keys.leader)).body;

  it('is of who may, of an assessment, and in words of the list', async () => {
    const { keys, review } = world;
    const returned = { revision: 2, decision: 'returned', remarks: ['quantity-too-high'] };
    expect((await review('full', keys.worker, returned)).status).toBe(403);
    expect((await review('full', keys.stranger, returned)).status).toBe(403);
    const wrong = await review('full', keys.leader, { ...returned, remarks: ['mevrouw weet het nog wel'] });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/remarks/0']);
    expect((await review('full', keys.leader, { ...returned, remarks: [] })).status).toBe(400);
    for (const caseId of ['c-111222333', 'jan-jansen', '06-12345678']) {
      const { status, body } = await review(caseId, keys.leader, returned);
      expect([caseId, status, body.errors[0].pointer]).toEqual([caseId, 400, '/caseId']);
    }
    expect((await reviews('?goal=3.2')).rows).toMatchObject([
      {
        caseId: 'full',
        corrected: '42093.32',
        review: null,
        lines: [{ name: 'Begeleiding individueel', costBearerName: 'Gemeente' }, {}],
      },
    ]);
    const first = await reviews('?limit=1');
    const second = await reviews(`?limit=1&cursor=${first.next}`);
    expect([caseIds(first), caseIds(second), second.next]).toEqual([['full'], ['sampled-25'], null]);
    expect(caseIds(await reviews('?team=noord&theme=3&from=2024-01-01&to=2024-12-31'))).toEqual(['full']);
    expect((await review('full', keys.leader, returned)).status).toBe(200);
    expect((await reviews('?decision=returned')).rows).toMatchObject([
      { caseId: 'full', review: { remarks: ['quantity-too-high'] } },
    ]);
    expect(caseIds(await reviews('?decision=open'))).toEqual(['sampled-25']);
    expect((await review('full', keys.leader, { revision: 1, decision: 'approved' })).status).toBe(409);
  });

  it('returns the case to the work list until it is assessed again', async () => {
    expect((await list('?limit=1')).rows).toMatchObject([
      { caseId: 'full', state: 'returned', remarks: ['quantity-too-high'], revision: 2 },
    ]);
    const form = await formOf('full');
    expect(form.body).toMatchObject({ review: { decision: 'returned' }, current: { similarCases: 12 } });
    expect((await assess('full', { revision: 2, avoided: [LINE] })).status).toBe(202);
    await world.stack.settled();
    expect(caseIds(await list('?goal=3.2'))).toEqual(['former']);
    expect((await formOf('full')).body.review).toBeNull();
  });

  it('goes with its case when that is erased, without a trace', async () => {
    const { keys, review, stack } = world;
    const body = { revision: 3, decision: 'approved' };
    expect((await review('full', keys.leader, body)).status).toBe(200);
    expect((await review('sampled-25', keys.leader, { ...body, revision: 1 })).status).toBe(200);
    const erased = await fetch(`${stack.ingest}/v1/erasures`, {
      method: 'POST',
      headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
      body: JSON.stringify({ organisation: 'meerwaarde', caseId: 'full' }),
    });
    expect(erased.status).toBe(202);
    const manager = await jetstreamManager(stack.pipeline.connection, { checkAPI: false });
    const { state } = await manager.streams.info('KV_REVIEWS', { subjects_filter: '>' });
    expect(Object.keys(state.subjects ?? {}).sort()).toEqual([
      '$KV.REVIEWS.-.removed',
      `$KV.REVIEWS.meerwaarde.${Buffer.from('sampled-25').toString('base64url')}`,
    ]);
    await stack.settled();
    expect(caseIds(await reviews())).toEqual(['sampled-25']);
    expect((await reviews()).rows).toMatchObject([{ review: { decision: 'approved' } }]);
  });

  it('of nothing is swept after an hour: of an erased or invented case, or of another revision', async () => {
    const { keys, review, stack } = world;
    const approve = async (caseId: string, revision: number) =>
      (await review(caseId, keys.leader, { revision, decision: 'approved' })).status;
    expect(await approve('full', 3)).toBe(200);
    expect(await approve('invented', 1)).toBe(200);
    expect(await approve('former', Number.MAX_SAFE_INTEGER)).toBe(200);
    expect(await approve('former', 2)).toBe(409);
    const { connection, db } = stack.pipeline;
    const book = new ReviewBook(createLog('test', 'silent'));
    await book.use(connection);
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const read = async () => {
      const { state, created } = await manager.streams.info(STREAM);
      return { lastSequence: BigInt(state.last_seq), createdAt: new Date(created) };
    };
    const sweep = (minutes: number, stream = { read }) =>
      sweepReviews({ db, reviews: book, stream }, new Date(Date.now() + minutes * 60_000));
    expect(await sweep(59)).toBe(0);
    const ahead = async () => ({ ...(await read()), lastSequence: 1_000_000n });
    expect(await sweep(61, { read: ahead })).toBeUndefined();
    expect(await sweep(61)).toBe(3);
    const { state } = await manager.streams.info('KV_REVIEWS', { subjects_filter: '>' });
    expect(Object.keys(state.subjects ?? {}).sort()).toEqual([
      '$KV.REVIEWS.-.removed',
      `$KV.REVIEWS.meerwaarde.${Buffer.from('sampled-25').toString('base64url')}`,
    ]);
    expect((await reviews()).rows).toMatchObject([{ review: { decision: 'approved' } }]);
    expect(await approve('former', 2)).toBe(200);
  });
});

describe('people who save the same case at once', () => {
  it('get one revision: one of them is told so, the others that it changed', async () => {
    const { stack, keys } = world;
    await stack.send([eventOf('crowded')]);
    await stack.settled();
    const reads = await stack.makeKey(['read', 'detail'], ['meerwaarde']);
    const save = (quantity: number, key = keys.worker) =>
      assess('crowded', { revision: 1, avoided: [{ ...LINE, quantity: String(quantity) }] }, key);
    // What ingest refuses gives the revision back.
    expect((await save(99, reads)).status).toBe(403);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((quantity) => save(quantity)));
    const saved = answers.flatMap(({ status }, place) => (status === 202 ? [place + 1] : []));
    expect(saved).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    await stack.settled();
    const form = (await formOf('crowded')).body;
    expect([form.revision, form.current.avoided[0].quantity]).toEqual([2, String(saved[0])]);
    const again = { revision: 2, avoided: [LINE] };
    const twice = await Promise.all([assess('crowded', again), assess('crowded', again)]);
    expect(twice.map(({ body }) => body)).toEqual(twice.map(() => ({ accepted: 1, revision: 3 })));
    await stack.settled();
    const quarantine = (await stack.ask('/v1/quarantine?organisation=meerwaarde')) as {
      rows: { caseId: string }[];
    };
    expect(caseIds(quarantine)).toEqual(['quarantined']);
  });
});
