/** The portal starts without its servers, says so, and recovers by itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { connect, migrate } from '@effectstroom/database';
import { becomesTrue, freePort, repository, startNats, startPostgres } from '@effectstroom/infra';
import { afterAll, expect, test } from 'vitest';
import { KEYS, keyFile } from './portal-server.ts';
import { temporaryFolder } from './test-database.ts';

const folder = temporaryFolder();
const stops: (() => Promise<unknown>)[] = [() => Promise.resolve(folder.remove())];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const SAVINGS = '/v1/savings?from=2021-01-01&to=2021-12-31';

test('each of its servers may be away', { timeout: 180_000 }, async () => {
  const postgresFolder = join(folder.path, 'postgres');
  const natsFolder = join(folder.path, 'nats');
  // Once, for the passwords and the ports that they keep.
  let postgres = await startPostgres({ folder: postgresFolder });
  let nats = await startNats({ folder: natsFolder });
  await Promise.all([postgres.stop(), nats.stop()]);

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['services/portal/src/main.ts'], {
    cwd: repository,
    env: {
      ...{
        PATH: process.env['PATH'],
        PORT: String(port),
        LOG_LEVEL: 'fatal',
        KEYS_FILE: keyFile(folder.path),
      },
      ...{ DATABASE_URL: postgres.url, NATS_URL: nats.url },
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  stops.push(() => {
    child.kill('SIGTERM');
    return ended;
  });
  const statusOf = async (path: string) => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${KEYS.all}` } });
    if (response.status === 503) expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    return response.status;
  };
  const becomes = (path: string, status: number) =>
    becomesTrue(
      () =>
        statusOf(path).then(
          (found) => found === status,
          () => false,
        ),
      30_000,
    );

  expect(await becomes('/health/live', 200)).toBe(true);
  expect(await statusOf('/health/ready')).toBe(503);
  expect(await statusOf(SAVINGS)).toBe(503);
  expect(await statusOf('/v1/status')).toBe(503);
  expect(await statusOf('/v1/openapi.json')).toBe(200);

  postgres = await startPostgres({ folder: postgresFolder, port: postgres.port });
  stops.push(() => postgres.stop());
  expect(await statusOf(SAVINGS), 'without a schema').toBe(503);
  const db = connect({ url: postgres.url, applicationName: 'test' });
  await migrate(db);
  await db.destroy();
  expect(await becomes(SAVINGS, 200)).toBe(true);
  expect(await statusOf('/v1/status'), 'without a stream').toBe(503);
  expect(await statusOf('/health/ready')).toBe(503);

  nats = await startNats({ folder: natsFolder, port: nats.port });
  stops.push(() => nats.stop());
  expect(await becomes('/v1/status', 200)).toBe(true);
  expect(await becomes('/health/ready', 200)).toBe(true);

  await postgres.stop();
  expect(await statusOf(SAVINGS)).toBe(503);
  postgres = await startPostgres({ folder: postgresFolder, port: postgres.port });
  expect(await becomes(SAVINGS, 200)).toBe(true);

  await nats.stop();
  expect(await becomes('/v1/status', 503)).toBe(true);
  expect(await statusOf(SAVINGS)).toBe(200);
  nats = await startNats({ folder: natsFolder, port: nats.port });
  expect(await becomes('/v1/status', 200)).toBe(true);
});
