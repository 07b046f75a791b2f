import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  booleanVariable,
  ConfigError,
  integerVariable,
  keyRules,
  keyVariables,
  natsUrlVariable,
  portVariable,
  readConfig,
  textVariable,
} from './config.ts';

const schema = z.object({
  PORT: portVariable.default(8080),
  FLAG: booleanVariable.default(false),
  NATS_URL: natsUrlVariable,
  SECRET: textVariable,
  COUNT: integerVariable(1, 5).optional(),
});

function linesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('gives typed, frozen values with their defaults', () => {
    const config = readConfig(schema, {
      NATS_URL: 'nats://u:p@h:4222,nats://i',
      SECRET: 's',
      FLAG: 'true',
      PORT: '',
      HOME: '/',
    });
    expect(config).toEqual({ PORT: 8080, FLAG: true, NATS_URL: 'nats://u:p@h:4222,nats://i', SECRET: 's' });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every variable that is wrong, and no value', () => {
    const environment = { PORT: '99999', FLAG: 'yes', NATS_URL: 'http://password@h', COUNT: '1.5' };
    expect(linesOf(() => readConfig(schema, environment))).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'FLAG must be true or false',
      'NATS_URL must be nats://host:port or tls://host:port',
      'SECRET is missing: must not be empty',
      'COUNT must be a whole number from 1 to 5',
    ]);
  });
});

describe('the variables of keys', () => {
  const keySchema = z.object(keyVariables).check(keyRules);

  it.each([
    [{ LOCAL_KEYS: 'true' }, []],
    [{ LOCAL_KEYS: 'true', HOST: '::1' }, []],
    [{ KEYS_FILE: '/keys.json', HOST: '0.0.0.0' }, []],
    [{ LOCAL_KEYS: 'true', HOST: '0.0.0.0' }, ['LOCAL_KEYS']],
    [{ LOCAL_KEYS: 'true', KEYS_FILE: '/keys.json', HOST: '10.0.0.1' }, ['LOCAL_KEYS']],
    [{}, []],
    [{ OAUTH_ISSUER: 'https://issuer.example', OAUTH_AUDIENCE: 'effectstroom' }, []],
    [{ OAUTH_ISSUER: 'http://127.0.0.1:1', OAUTH_AUDIENCE: 'a', OAUTH_JWKS_URL: 'http://[::1]:1/jwks' }, []],
    [{ OAUTH_ISSUER: 'http://issuer.example', OAUTH_AUDIENCE: 'effectstroom' }, ['OAUTH_ISSUER']],
    [{ OAUTH_ISSUER: 'https://issuer.example' }, ['OAUTH_AUDIENCE']],
    [{ OAUTH_AUDIENCE: 'a', OAUTH_JWKS_URL: 'https://a' }, ['OAUTH_AUDIENCE', 'OAUTH_JWKS_URL']],
  ])('%j are judged together', (environment, wrong) => {
    expect(linesOf(() => readConfig(keySchema, environment)).map((line) => line.split(' ')[0])).toEqual(
      wrong,
    );
  });
});
