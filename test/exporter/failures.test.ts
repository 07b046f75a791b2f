/** What /metrics says while something that the exporter needs is not there. */
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { becomesTrue, loopback } from '@effectstroom/infra';
import { createHttpServer, createLog, listen } from '@effectstroom/runtime';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Exporter } from '../../services/exporter/src/exporter.ts';
import { addMetricsRoute } from '../../services/exporter/src/routes.ts';
import { ExporterDatabase } from './exporter-database.ts';
import { writeCases } from './invented-rows.ts';
import { exporterOf, readSeries } from './page.ts';

const database = new ExporterDatabase();

beforeAll(() => database.start(), 120_000);
beforeEach(async () => {
  await database.migrateAnew();
  await database.use((db) => writeCases(db, [CASE]));
});
afterAll(() => database.remove());

const CASE = {
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  programme: 'main',
  theme: '1',
  date: '2026-03-01',
  assessment: {
    similarCases: 1,
    cost: 0n,
    factor: 9000,
    lines: [{ costBearer: 'politie', municipal: false, recurrence: 'one-off', amounts: [1_000_000n] }],
  },
} as const;

const SERIES = ['refresh_success', 'refreshes_total', 'refresh_failures_total', 'refresh_timestamp_seconds'];

/** Success, refreshes, failures, moment of the snapshot. */
function stateOf(exporter: Exporter): (number | undefined)[] {
  const series = readSeries(exporter.page().text);
  return SERIES.map((name) => series.get(`effectstroom_${name}{}`));
}

/** The figures as text: everything before the exporter's own metrics. */
function figuresOf(exporter: Exporter): string {
  return exporter.page().text.split('# HELP effectstroom_refreshes_total')[0] ?? '';
}

test('without PostgreSQL the last good figures stay, and it recovers by itself', async () => {
  let now = new Date('2026-03-14T10:00:00Z');
  const exporter = await exporterOf(database.url, { now: () => now });
  await exporter.refresh();
  const figures = figuresOf(exporter);
  expect(figures).toContain('basis="corrected"} 0.9');
  expect(stateOf(exporter)).toEqual([1, 1, 0, 1_773_482_400]);

  await database.stop();
  now = new Date('2026-03-14T11:00:00Z');
  await exporter.refresh();
  expect(figuresOf(exporter)).toBe(figures);
  expect(stateOf(exporter)).toEqual([0, 2, 1, 1_773_482_400]);
  expect(readSeries(exporter.page().text).get('effectstroom_collector_success{collector="savings"}')).toBe(0);
  expect(exporter.isReady()).toBe(true);

  await database.start();
  await exporter.refresh();
  expect(stateOf(exporter)).toEqual([1, 3, 1, 1_773_486_000]);
}, 60_000);

test('without a schema there are no figures, and with it there are', async () => {
  await database.use((db) => sql`DROP TABLE migration`.execute(db));
  const exporter = await exporterOf(database.url);
  await exporter.refresh();
  expect(stateOf(exporter)).toEqual([0, 1, 1, 0]);
  expect([figuresOf(exporter), exporter.isReady()]).toEqual(['', false]);
  await database.migrateAnew();
  await exporter.refresh();
  expect([stateOf(exporter)[0], exporter.isReady()]).toEqual([1, true]);
});

test('a refresh that takes too long fails and holds nothing up', async () => {
  const exporter = await exporterOf(database.url, { deadlineMs: 5_000 });
  await exporter.refresh();
  expect(stateOf(exporter)[0]).toBe(1);
  await database.use((db) =>
    db.transaction().execute(async (tx) => {
      await sql`LOCK TABLE case_total`.execute(tx);
      await exporter.refresh();
    }),
  );
  expect(stateOf(exporter).slice(0, 3)).toEqual([0, 2, 1]);
  const series = readSeries(exporter.page().text);
  expect(series.get('effectstroom_collector_success{collector="savings"}')).toBe(1);
  expect(series.get('effectstroom_collector_success{collector="cases"}')).toBe(0);
  await exporter.refresh();
  expect(stateOf(exporter)[0]).toBe(1);
}, 60_000);

test('a connection that falls silent is given up at the deadline', async () => {
  const target = new URL(database.url);
  let isSilent = false;
  const proxy = createServer((near) => {
    const far = connectTcp(Number(target.port), target.hostname);
    const forward = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => isSilent || to.write(bytes));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    };
    forward(near, far);
    forward(far, near);
  });
  await once(proxy.listen(0, loopback), 'listening');
  const through = new URL(target);
  through.port = String((proxy.address() as AddressInfo).port);
  const exporter = await exporterOf(through.href, { deadlineMs: 5_000 });

  await database.use((db) =>
    db.transaction().execute(async (tx) => {
      await sql`LOCK TABLE case_total`.execute(tx);
      const refreshing = exporter.refresh();
      const isWaiting = async () => {
        const { rows } = await sql`SELECT 1 FROM pg_stat_activity
          WHERE application_name = 'exporter' AND wait_event_type = 'Lock'`.execute(db);
        return rows.length > 0;
      };
      expect(await becomesTrue(isWaiting, 10_000)).toBe(true);
      isSilent = true;
      await refreshing;
    }),
  );
  expect(stateOf(exporter).slice(0, 3)).toEqual([0, 1, 1]);
  isSilent = false;
  await exporter.refresh();
  expect(stateOf(exporter).slice(0, 3)).toEqual([1, 2, 1]);
  proxy.close();
}, 60_000);

function get(
  url: string,
  headers: Record<string, string>,
): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ encoding: response.headers['content-encoding'], body });
    });
    sent.once('error', reject);
    sent.end();
  });
}

test('/metrics is the page as it was rendered, compressed for who takes gzip', async () => {
  const exporter = await exporterOf(database.url);
  await exporter.refresh();
  const app = createHttpServer(createLog('exporter', 'silent'));
  addMetricsRoute(app, exporter);
  const { port } = await listen(app, loopback, 0);
  const url = `http://${loopback}:${port}/metrics`;
  const plain = await get(url, {});
  expect([plain.encoding, plain.body.toString()]).toEqual([undefined, exporter.page().text]);
  const packed = await get(url, { 'accept-encoding': 'gzip' });
  expect([packed.encoding, gunzipSync(packed.body).toString()]).toEqual(['gzip', exporter.page().text]);
  expect((await fetch(url)).headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  await app.close();
});
