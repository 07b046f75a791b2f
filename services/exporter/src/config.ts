import {
  integerVariable,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  readVariables,
  textVariable,
} from '@effectstroom/runtime';
import { z } from 'zod';

const CERTIFICATES_MAX = 50;
const SAYS = `must be up to ${CERTIFICATES_MAX} files with commas between them`;
const filesVariable = z
  .string({ error: SAYS })
  .transform((text) => text.split(',').map((file) => file.trim()))
  .refine((files) => files.length <= CERTIFICATES_MAX && !files.includes(''), { error: SAYS });

/** Environment variables of the exporter. */
export const configSchema = z.object({
  HOST: textVariable.default('127.0.0.1').describe('address to listen on, default 127.0.0.1'),
  PORT: portVariable.default(9464).describe('port to listen on, default 9464'),
  ...readVariables,
  NATS_URL: natsUrlVariable.describe('nats-server with JetStream, nats://user:password@host:4222'),
  REFRESH_SECONDS: integerVariable(1, 3600)
    .default(15)
    .describe('seconds from the end of a refresh to the next, default 15; Prometheus should scrape as often'),
  DEADLINE_SECONDS: integerVariable(1, 600)
    .default(10)
    .describe('seconds that a refresh may take, default 10'),
  SERIES_MAX: integerVariable(1, 1_000_000)
    .default(250_000)
    .describe('most series of one collector, default 250000; effectstroom_collector_cut tells of more'),
  CERTIFICATE_FILES: filesVariable
    .default([])
    .describe('PEM files of certificates whose expiry is shown, with commas between them; read each refresh'),
  LOG_LEVEL: logLevelVariable.default('info').describe('severity from which is logged, default info'),
});

/** Configuration of the exporter. */
export type Config = Readonly<z.infer<typeof configSchema>>;
