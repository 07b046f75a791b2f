import { ConfigError, readConfig } from '@effectstroom/runtime';
import { describe, expect, it } from 'vitest';
import { configSchema } from './config.ts';

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
