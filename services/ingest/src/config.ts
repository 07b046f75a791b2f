import { DEFAULT_PARTITIONS, MAX_PARTITIONS } from '@effectstroom/contracts';
import {
  integerVariable,
  keyRules,
  keyVariables,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  textVariable,
} from '@effectstroom/runtime';
import { z } from 'zod';

const GIBIBYTE = 1024 ** 3;

/** Environment variables of ingest. */
export const configSchema = z
  .object({
    ...keyVariables,
    PORT: portVariable.default(8080).describe('port to listen on, default 8080'),
    NATS_URL: natsUrlVariable.describe('nats-server with JetStream, nats://user:password@host:4222'),
    RESIDENT_KEY_SECRET_FILE: textVariable.describe(
      'file with the secrets that hash resident keys, 32 bytes or more; read again when it changes',
    ),
    PARTITIONS: integerVariable(1, MAX_PARTITIONS)
      .default(DEFAULT_PARTITIONS)
      .describe('partitions of a new stream, default 4; an existing stream keeps its own'),
    REPLICAS: integerVariable(1, 5)
      .default(1)
      .describe('replicas of a new stream, default 1; 3 in a cluster'),
    DATA_FOLDER: textVariable
      .optional()
      .describe('folder that ingest keeps between runs; imports and zaken need it'),
    IMPORT_BYTES: integerVariable(1, 16 * GIBIBYTE)
      .default(GIBIBYTE)
      .describe('bytes that an imported file may have, default 1 GiB'),
    IMPORT_PATIENCE: integerVariable(1, 86_400)
      .default(600)
      .describe('seconds that an import waits for nats-server before it stops, default 600'),
    ZAKEN_FILE: textVariable.optional().describe('JSON file with the zaaksystemen that cases come from'),
    LOG_LEVEL: logLevelVariable.default('info').describe('severity from which is logged, default info'),
  })
  .check(keyRules);

/** Configuration of ingest. */
export type Config = Readonly<z.infer<typeof configSchema>>;
