import {
  integerVariable,
  keyRules,
  keyVariables,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  readVariables,
} from '@effectstroom/runtime';
import { z } from 'zod';
import { boardRules, boardVariables } from './board/config.ts';
import { reportVariables } from './report/config.ts';

/** Environment variables of the portal. */
export const configSchema = z
  .object({
    ...keyVariables,
    ...boardVariables,
    ...reportVariables,
    PORT: portVariable.default(8090).describe('port to listen on, default 8090'),
    ...readVariables,
    NATS_URL: natsUrlVariable.describe('nats-server with JetStream, nats://user:password@host:4222'),
    SMALL_NUMBERS_BELOW: integerVariable(1, 1000)
      .default(5)
      .describe('keys without the scope detail see no figures of fewer cases, default 5; 1 shows any number'),
    DOMINANCE_PERCENT: integerVariable(1, 100)
      .default(80)
      .describe('nor figures of which one case may make up more than this share, default 80; 100 shows any'),
    LOG_LEVEL: logLevelVariable.default('info').describe('severity from which is logged, default info'),
  })
  .check(keyRules)
  .check(boardRules);

/** Configuration of the portal. */
export type Config = Readonly<z.infer<typeof configSchema>>;
