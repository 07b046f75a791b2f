/** The exporter as a process, while what it needs comes and goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomesTrue, freePort, loopback, startNats, startService } from '@effectstroom/infra';
import { connectNats, createLog, ensureStream, KeyBucket } from '@effectstroom/runtime';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExporterDatabase } from './exporter-database.ts';
import { readSeries } from './page.ts';

const database = new ExporterDatabase();

beforeAll(async () => {
  await database.start();
  await database.migrateAnew();
}, 120_000);
afterAll(() => database.remove());

const START_OF_TEST = Date.now();

function inDays(days: number): Date {
  return new Date(START_OF_TEST + days * 86_400_000);
}

/** Keys of the bucket, of which two are shown. */
const KEYS = [
  { id: 'expires', expiresAt: inDays(5), revokedAt: null },
  { id: 'just-expired', expiresAt: inDays(-6), revokedAt: null },
  { id: 'long-expired', expiresAt: inDays(-8), revokedAt: null },
  { id: 'revoked', expiresAt: inDays(5), revokedAt: inDays(-1).toISOString() },
  { id: 'for-ever', expiresAt: null, revokedAt: null },
].map(({ id, expiresAt, revokedAt }, place) => ({
  ...{ id, name: id, scopes: ['read' as const], organisations: ['*'], sources: [], requestsPerMinute: 60 },
  hashes: [{ sha256: String(place).repeat(64) }],
  ...{ createdAt: inDays(-30).toISOString(), createdBy: 'test', lastUsedOn: null },
  ...{ expiresAt: expiresAt?.toISOString() ?? null, revokedAt },
}));

test('the service starts before PostgreSQL and nats-server, and gets ready when they come', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exporter-test-'));
  const [port, natsPort] = [await freePort(), await freePort()];
  const nats = await startNats({ folder: join(folder, 'nats'), port: natsPort });
  const env = {
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    REFRESH_SECONDS: '1',
    CERTIFICATE_FILES: '/absent.pem',
  };
  await nats.stop();
  await database.stop();

  const starting = startService({ name: 'exporter', env, folder, port });
  const ask = (path: string) => fetch(`http://${loopback}:${port}${path}`).catch(() => undefined);
  expect(await becomesTrue(async () => (await ask('/health/live'))?.status === 200, 30_000)).toBe(true);
  expect((await ask('/health/ready'))?.status).toBe(503);
  expect(await (await ask('/metrics'))?.text()).toContain('\neffectstroom_refresh_success 0\n');

  await database.start();
  const service = await starting;
  expect(await (await ask('/metrics'))?.text()).toContain('\neffectstroom_stream_reachable 0\n');

  const again = await startNats({ folder: join(folder, 'nats'), port: natsPort });
  const connection = await connectNats(createLog('test', 'silent'), again.url, 'test');
  await ensureStream(await jetstreamManager(connection));
  const keys = new KeyBucket(createLog('test', 'silent'));
  await keys.use(connection);
  for (const entry of KEYS) await keys.create(entry, 1);
  keys.close();
  const isShown = async () => {
    const text = (await (await ask('/metrics'))?.text()) ?? '';
    const isKnown = (key: string) => text.includes(`_key_expiry_timestamp_seconds{key="${key}"}`);
    return (
      text.includes('\neffectstroom_pending_messages 0\n') && isKnown('expires') && isKnown('just-expired')
    );
  };
  expect(await becomesTrue(isShown, 30_000)).toBe(true);

  const series = readSeries((await (await ask('/metrics'))?.text()) ?? '');
  const expiring = [...series].filter(([name]) => name.includes('_expiry_'));
  expect(expiring).toEqual([
    ['effectstroom_key_expiry_timestamp_seconds{key="expires"}', inDays(5).getTime() / 1000],
    ['effectstroom_key_expiry_timestamp_seconds{key="just-expired"}', inDays(-6).getTime() / 1000],
  ]);
  expect(series.get('effectstroom_certificate_readable{certificate="/absent.pem"}')).toBe(0);

  expect(await service.stop()).toEqual({ code: 0, signal: null });
  await connection.close();
  await again.stop();
  rmSync(folder, { recursive: true, force: true });
}, 240_000);
