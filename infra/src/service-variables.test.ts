import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readerAddress, serviceVariables } from './service-variables.ts';
import { readSettings } from './settings.ts';

const servers = { databaseUrl: 'postgres://u:secret@127.0.0.1:5/effectstroom', natsUrl: 'nats://u:p@h:4222' };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'effectstroom-variables-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the portal knows where to send what people enter, and keeps its secret from start to start', () => {
  const settings = readSettings({ EFFECTSTROOM_DATA: folder, INGEST_PORT: '8181' });
  const { portal } = serviceVariables(settings, servers);
  expect(portal).toMatchObject({
    INGEST_URL: 'http://127.0.0.1:8181',
    REPORTS_FOLDER: join(folder, 'reports'),
  });
  const secret = join(folder, 'session.secret');
  const text = readFileSync(secret, 'utf8');
  expect(Buffer.from(text, 'base64')).toHaveLength(32);
  expect(statSync(secret).mode & 0o777).toBe(0o600);
  serviceVariables(settings, servers);
  expect(readFileSync(secret, 'utf8')).toBe(text);
});

test("no role is made on somebody else's PostgreSQL", () => {
  const own = serviceVariables(readSettings({ EFFECTSTROOM_DATA: folder }), servers);
  expect(own.calculator['READER_SECRET_FILE']).toBe(join(folder, 'lezer.secret'));
  const settings = readSettings({ EFFECTSTROOM_DATA: folder, DATABASE_URL: servers.databaseUrl });
  expect(serviceVariables(settings, servers).calculator).not.toHaveProperty('READER_SECRET_FILE');
});

test("readers are told an address without anybody's password", () => {
  expect(readerAddress(servers.databaseUrl)).toBe('postgres://effectstroom_lezer@127.0.0.1:5/effectstroom');
});
