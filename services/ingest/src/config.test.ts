import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from '@effectstroom/runtime';
import { describe, expect, it } from 'vitest';
import { configSchema, readResidentKeySecret } from './config.ts';

const environment = { NATS_URL: 'nats://h:4222', RESIDENT_KEY_SECRET_FILE: '/secret', LOCAL_KEYS: 'true' };

describe('the configuration', () => {
  it('has the defaults of the design', () => {
    expect(readConfig(configSchema, environment)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8080,
      PARTITIONS: 4,
      REPLICAS: 1,
    });
  });

  it('keeps local keys on this machine', () => {
    expect(() => readConfig(configSchema, { ...environment, HOST: '0.0.0.0' })).toThrow(ConfigError);
  });
});

describe('the secret of resident keys', () => {
  it('is read without its line end, and must be long enough', () => {
    const folder = mkdtempSync(join(tmpdir(), 'secret-'));
    const file = join(folder, 'secret');
    writeFileSync(file, `${'s'.repeat(32)}\n`);
    expect(readResidentKeySecret(file)).toEqual(Buffer.alloc(32, 's'));
    writeFileSync(file, `${'s'.repeat(31)}\n`);
    expect(() => readResidentKeySecret(file)).toThrow('at least 32 bytes');
    rmSync(folder, { recursive: true });
    expect(() => readResidentKeySecret(file)).toThrow('cannot be read: ENOENT');
  });
});
