/**
 * A resident's case is erased: nothing names it any more, the totals are exact, and the past stays as it was
 * told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordErasure, removeErasedCases } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { send } from '../harness/sender.ts';
import { until } from '../harness/until.ts';
import { ADDRESS, assessed, registered, SOURCE, usePipeline } from '../pipeline/fixtures.ts';
import { askErasure, askPortal, certificateOf, erase, postErasure, tablesThatHold } from './erasing.ts';

const world = usePipeline();
const { pipeline } = world;
const { organisation } = ADDRESS;
const RESIDENT = 'resident-key-of-invented-person';
const NOTHING = { events: 0, quarantined: 0, decisions: 0, unreadable: 0, residents: 0, later: 0 };

/** Events whose ids are found nowhere else. */
const named = (caseId: string, revision: number, data = {}) =>
  assessed(caseId, revision, { residentKey: RESIDENT, ...data }, { id: `id-of-${caseId}-${revision}` });

const savings = (moment: string, groupBy = 'theme,month') =>
  pipeline.ask(
    `/v1/savings?organisation=${organisation}&from=2021-01-01&to=2021-12-31&groupBy=${groupBy}&asOf=${moment}`,
  );

/** A moment of which everything is known. */
async function momentNow(): Promise<string> {
  await pipeline.settled();
  const moment = new Date().toISOString();
  await pipeline.until(async () => (await savings(moment)) !== undefined, `${moment} can be asked for`);
  return moment;
}

test('nothing names it any more, and its euros leave the totals as a correction', async () => {
  await world.send(named('to-erase', 0), named('stays', 0));
  await world.send(named('to-erase', 1, { similarCases: 3, theme: '1' }), registered('other', 0));
  const before = await momentNow();
  const told = [await savings(before), await savings(before, 'costBearer')];
  const resident = await residentOf('to-erase');
  const traces = ['to-erase', 'id-of-to-erase-0', 'id-of-to-erase-1'];
  expect(await tablesThatHold(pipeline.db, traces)).not.toEqual([]);
  await sql`UPDATE ledger SET resident = 'another' WHERE resident = ${resident} AND event NOT IN (
    SELECT number FROM event WHERE case_id = 'to-erase')`.execute(pipeline.db);
  await sql`UPDATE event SET payload = replace(payload, ${resident}, 'another')
    WHERE case_id <> 'to-erase'`.execute(pipeline.db);

  const certificate = await erase(world, organisation, 'to-erase');
  expect(certificate).toMatchObject({
    ...{ organisation, request: null, found: true, kept: { ledgerEntries: 4, closingLines: 0 } },
    removed: { ...NOTHING, events: 2, residents: 3 },
    // 64.00 × 26 × 70 % × 100 %, for three cases; × 0.90
    correction: {
      cases: { registered: -1, assessed: -1, represented: -3 },
      ...{ gross: '-3494.40', corrected: '-3144.96' },
      exact: { gross: '-3494.400000', corrected: '-3144.9600000000' },
    },
    transport: { isOver: false },
  });
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, [...traces, resident])).toEqual([]);
  expect([await savings(before), await savings(before, 'costBearer')]).toEqual(told);
  const days = (Date.parse(certificate.transport.until) - Date.parse(certificate.requestedAt)) / 86_400_000;
  expect(days).toBe(30);
  const history = await askPortal(pipeline, `/v1/cases/${organisation}/to-erase`);
  expect(history.status).toBe(404);
});

test('what comes (again) is dropped and counted, as long as the stream can hold it', async () => {
  const events = [named('comes-again', 0), named('comes-again', 1)];
  await world.send(...events);
  const { id } = await erase(world, organisation, 'comes-again');
  // In other requests than before: the stream itself drops a message that it has just seen.
  for (const event of events) await send(pipeline, [event]);
  await send(pipeline, [named('comes-again', 2), registered('comes-again', 3)]);
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, ['comes-again'])).toEqual([]);
  const certificate = await certificateOf(pipeline, id);
  expect(certificate.removed.later).toBe(4);
  expect(Date.parse(certificate.transport.until)).toBeGreaterThan(
    Date.parse(certificate.requestedAt) + 30 * 86_400_000,
  );
});

test('a case in quarantine goes, with what conflicts with it and decisions about it', async () => {
  const unknown = named('in-quarantine', 0, { theme: '9' });
  const conflict = { ...unknown, data: { ...unknown.data, theme: '8' } };
  await world.send(unknown, conflict, named('in-quarantine', 1, { theme: '9' }));
  await world.decide({ organisation, source: SOURCE, id: unknown.id, decision: 'dismiss' });
  await pipeline.settled();
  const certificate = await erase(world, organisation, 'in-quarantine');
  expect(certificate.removed).toEqual({ ...NOTHING, events: 2, quarantined: 3, decisions: 1 });
  expect(certificate.correction).toMatchObject({
    cases: { registered: 0 },
    gross: '0.00',
    corrected: '0.00',
  });
  world.book.dismissed.clear();
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, ['in-quarantine'])).toEqual([]);
  expect((await pipeline.status()).quarantined).toBe(0);
});

test('what could not be read and earlier checks name it no longer either', async () => {
  await world.send(named('traces', 0));
  await pipeline.settled();
  const line = JSON.stringify({ type: 'unknown', data: { organisation, caseId: 'traces' } });
  await pipeline.publish('cases.0', line);
  await sql`INSERT INTO verification (seconds, cases, faults)
    SELECT 1, 1, jsonb_build_array(format('case traces of organisation %s counts otherwise', id), 'other')
    FROM organisation WHERE code = ${organisation}`.execute(pipeline.db);
  await pipeline.settled();
  const certificate = await erase(world, organisation, 'traces');
  expect(certificate.removed).toMatchObject({ events: 1, unreadable: 1 });
  expect(await tablesThatHold(pipeline.db, ['traces'])).toEqual([]);
  const { rows } = await sql<{ faults: string[] }>`SELECT faults FROM verification`.execute(pipeline.db);
  expect(rows.some(({ faults }) => faults.length === 2 && faults[1] === 'other')).toBe(true);
});

test('a case that nobody knows, and one that is erased twice', async () => {
  const unknown = await erase(world, organisation, 'never-there');
  expect(unknown).toMatchObject({
    found: false,
    removed: NOTHING,
    kept: { ledgerEntries: 0 },
    correction: { gross: '0.00' },
  });
  await world.send(named('twice', 0));
  const [first, second] = [
    await askErasure(world, organisation, 'twice'),
    await askErasure(world, organisation, 'twice'),
  ];
  expect((await certificateOf(pipeline, first)).removed).toMatchObject({ events: 1 });
  expect(await certificateOf(pipeline, second)).toMatchObject({ found: false, removed: NOTHING });
  // The first goes on keeping it out, the second keeps out nothing.
  await send(pipeline, [named('twice', 1)]);
  expect(await world.faults()).toEqual([]);
  const later = [first, second].map(async (id) => (await certificateOf(pipeline, id)).removed.later);
  expect(await Promise.all(later)).toEqual([1, 0]);
});

test('an id that was mistyped keeps no later case out, whichever worker comes to it first', async () => {
  const { id, found } = await erase(world, organisation, 'comes-later');
  expect(found).toBe(false);
  await world.send(named('comes-later', 0));
  expect(await world.faults()).toEqual([]);
  // As a worker that comes to the message late.
  await pipeline.db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('erasure').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const late = { ...known, knownAt: BigInt(Date.now()) * 1000n, hash: Buffer.alloc(32, 1) };
    expect(await recordErasure(tx, late)).toBe(false);
  });
  const kept = await pipeline.db.selectFrom('erased_case').where('erasure', '=', id).selectAll().execute();
  expect(kept).toEqual([]);
  expect(await erase(world, organisation, 'comes-later')).toMatchObject({ found: true });
});

test('once its time is over, a new event is a new case', async () => {
  await world.send(named('returns', 0));
  const { id } = await erase(world, organisation, 'returns');
  await sql`UPDATE erased_case SET until = now() - interval '1 minute' WHERE erasure = ${id}::uuid`.execute(
    pipeline.db,
  );
  await pipeline.calculator.stop();
  await pipeline.calculator.start();
  await world.send(named('returns', 1));
  expect(await world.faults()).toEqual([]);
  const history = await askPortal(pipeline, `/v1/cases/${organisation}/returns`);
  expect(history.status).toBe(200);
  expect((await certificateOf(pipeline, id)).removed.later).toBe(0);
  // And it can be erased again, while the first erasure still stands there.
  const again = await erase(world, organisation, 'returns');
  expect(again.removed).toMatchObject({ events: 1 });
  expect(await world.faults()).toEqual([]);
  expect(await removeErasedCases(pipeline.db)).toBe(0);
  await sql`UPDATE erased_case SET until = now() - interval '1 minute'
    WHERE erasure = ${again.id}::uuid`.execute(pipeline.db);
  expect(await removeErasedCases(pipeline.db)).toBe(1);
});

test('an erasure of which only the record is left finds its case by the hash', async () => {
  await world.send(named('recorded-only', 0));
  await pipeline.settled();
  await pipeline.calculator.stop();
  const id = '11111111-2222-4333-8444-555555555555';
  // As another worker records it that then dies, before the stream loses the message.
  await sql`WITH place AS (
      SELECT c.organisation, c.partition, max(p.epoch)::bigint << 49 | (max(p.sequence) << 9) | 1 AS number
      FROM case_state c, partition_position p WHERE c.case_id = 'recorded-only' GROUP BY 1, 2),
    version AS (
      INSERT INTO settings (number, kind, key, known_at, body)
      SELECT number, 'erasure', ${organisation}, now(), jsonb_build_object('organisation', ${organisation}::text,
        'erasure', ${id}::text, 'partition', partition) FROM place),
    erased AS (
      INSERT INTO erasure (id, organisation, number, known_at)
      SELECT ${id}::uuid, organisation, number, now() FROM place)
    INSERT INTO erased_case (hash, erasure, until)
    SELECT sha256(salt || convert_to(${`${organisation} recorded-only`}, 'UTF8')), ${id}::uuid,
      now() + interval '31 days' FROM erasure_salt`.execute(pipeline.db);
  await pipeline.calculator.start();
  const certificate = await certificateOf(pipeline, id);
  expect(certificate.removed).toMatchObject({ events: 1 });
  world.accepted.splice(0, Number.POSITIVE_INFINITY, ...world.accepted.filter(isNot('recorded-only')));
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, ['recorded-only'])).toEqual([]);
});

test('what was closed before stays as it was reported, and holds nothing that names the case', async () => {
  await world.send(named('in-closing', 0));
  const path = `/v1/closings/${organisation}/2021`;
  const put = await fetch(pipeline.ingest.running.url + path, {
    method: 'PUT',
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: '{}',
  });
  expect(put.status).toBe(202);
  const closing = async () => (await pipeline.ask(path)) as { sealedAt: string | null; reported: object };
  await pipeline.until(async () => (await closing()).sealedAt !== null, 'the closing is sealed');
  const { reported } = await closing();
  expect((await erase(world, organisation, 'in-closing')).kept).toEqual({
    ledgerEntries: 2,
    closingLines: 1,
  });
  expect((await closing()).reported).toEqual(reported);
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, ['in-closing'])).toEqual([]);
});

test('the certificate is listed, is a page too, and only for who may read the organisation', async () => {
  const answer = await postErasure(pipeline, { organisation, caseId: 'listed', request: 'AVG <14>' });
  expect(answer.status).toBe(202);
  const { id, certificate, transportUntil, removed } = (await answer.json()) as Record<string, string>;
  expect(answer.headers.get('location')).toBe(certificate);
  expect(certificate).toBe(`/v1/erasures/${id}`);
  expect(Date.parse(String(transportUntil))).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  expect(removed).toEqual({ delivered: 0, reportRows: 0, vanished: 0, zaken: 0, importsEnded: 0 });
  await certificateOf(pipeline, String(id));
  const list = await askPortal(pipeline, `/v1/erasures?organisation=${organisation}&limit=1`);
  expect(await list.json()).toMatchObject({ rows: [{ id, organisation, request: 'AVG <14>' }] });
  const csv = await askPortal(pipeline, '/v1/erasures', { accept: 'text/csv' });
  expect(await csv.text()).toContain(String(id));
  const page = await askPortal(pipeline, String(certificate), { accept: 'text/html' });
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const html = await page.text();
  expect(html).toContain('Bewijs van wissing');
  expect(html).toContain('AVG &lt;14&gt;');
  expect(html).toContain('Onder dit nummer is geen casus gevonden.');
  const unknown = await askPortal(pipeline, '/v1/erasures/11111111-2222-4333-8444-000000000000');
  expect(unknown.status).toBe(404);
});

test('requests with faults are refused, and the log names the certificate instead of the case', async () => {
  const faulty = await postErasure(pipeline, { organisation, caseId: 'not/one', extra: 1 });
  expect(faulty.status).toBe(400);
  expect(await faulty.json()).toMatchObject({ errors: [{ pointer: '/caseId' }, { pointer: '/extra' }] });
  expect((await postErasure(pipeline, { organisation, caseId: 'c' }, 'local-read')).status).toBe(403);
  const log = () => readFileSync(join(pipeline.folder, 'ingest', 'ingest.log'), 'utf8');
  const certificate = /"action":"erase case","object":"\/v1\/erasures\/[0-9a-f-]{36}"/;
  await until(async () => certificate.test(log()), 'ingest wrote it down');
  for (const name of ['to-erase', 'comes-again', 'in-quarantine', 'twice']) expect(log()).not.toContain(name);
});

async function residentOf(caseId: string): Promise<string> {
  const { rows } = await sql<{ resident: string }>`SELECT payload::json->'data'->>'residentKey' AS resident
    FROM event WHERE case_id = ${caseId}`.execute(pipeline.db);
  const [row] = rows;
  if (row === undefined) throw new Error(`${caseId} is not recorded`);
  return row.resident;
}

function isNot(caseId: string) {
  return ({ data }: { data: { caseId: string } }) => data.caseId !== caseId;
}
