import {
  integerVariable,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  textVariable,
} from '@effectstroom/runtime';
import { validate } from 'node-cron';
import { z } from 'zod';

/** The calculator's environment. */
export const configSchema = z.object({
  DATABASE_URL: textVariable.describe('PostgreSQL, postgres://user:password@host:port/name'),
  NATS_URL: natsUrlVariable.describe('JetStream, nats://host:port'),
  HOST: textVariable.default('127.0.0.1').describe('address of /health (127.0.0.1)'),
  PORT: portVariable.default(8091).describe('port of /health (8091)'),
  PARTITIONS: integerVariable(1, 256).default(4).describe('partitions of a stream that is made anew (4)'),
  REPLICAS: integerVariable(1, 5).default(1).describe('replicas of a stream that is made anew (1)'),
  // One worker takes all by default; with a share, several processes divide the stream.
  PARTITIONS_MAX: integerVariable(1, 256)
    .default(256)
    .describe('partitions this process takes at most (all)'),
  VERIFY_CRON: z
    .string()
    .refine(validate, { error: 'must be a cron expression such as 30 3 * * *' })
    .default('30 3 * * *')
    .describe('when the invariants are checked, Europe/Amsterdam (30 3 * * *)'),
  READER_SECRET_FILE: textVariable
    .optional()
    .describe('file with the password of effectstroom_lezer, a role made to read schema reporting (no role)'),
  LOG_LEVEL: logLevelVariable.default('info').describe('log level (info)'),
});

export type Config = z.infer<typeof configSchema>;
