import { readFileSync } from 'node:fs';
import { DEFAULT_PARTITIONS, MAX_PARTITIONS } from '@effectstroom/contracts';
import {
  ConfigError,
  integerVariable,
  keyRules,
  keyVariables,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  textVariable,
} from '@effectstroom/runtime';
import { z } from 'zod';

/** Environment variables of ingest. */
export const configSchema = z
  .object({
    ...keyVariables,
    PORT: portVariable.default(8080).describe('port to listen on, default 8080'),
    NATS_URL: natsUrlVariable.describe('nats-server with JetStream, nats://user:password@host:4222'),
    RESIDENT_KEY_SECRET_FILE: textVariable.describe(
      'file with the secret that hashes resident keys, 32 bytes or more',
    ),
    PARTITIONS: integerVariable(1, MAX_PARTITIONS)
      .default(DEFAULT_PARTITIONS)
      .describe('partitions of a new stream, default 4; an existing stream keeps its own'),
    REPLICAS: integerVariable(1, 5)
      .default(1)
      .describe('replicas of a new stream, default 1; 3 in a cluster'),
    LOG_LEVEL: logLevelVariable.default('info').describe('severity from which is logged, default info'),
  })
  .check(keyRules);

/** Configuration of ingest. */
export type Config = Readonly<z.infer<typeof configSchema>>;

const LEAST_SECRET_BYTES = 32;

/**
 * The secret in a file, without the line end. Throws `ConfigError` where it cannot be read or is too short.
 */
export function readResidentKeySecret(file: string): Buffer {
  let secret: Buffer;
  try {
    secret = Buffer.from(readFileSync(file, 'latin1').trimEnd(), 'latin1');
  } catch (error) {
    throw new ConfigError([`RESIDENT_KEY_SECRET_FILE cannot be read: ${codeOf(error)}`]);
  }
  if (secret.length >= LEAST_SECRET_BYTES) return secret;
  throw new ConfigError([`RESIDENT_KEY_SECRET_FILE must hold at least ${LEAST_SECRET_BYTES} bytes`]);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
