export { addAccessHooks } from './access-hooks.ts';
export { type ApiPageOptions, addApiPage } from './api-page.ts';
export { type AskStream, streamAsker } from './ask-stream.ts';
export { type Act, audit, doerOf, routeOf } from './audit.ts';
export { keyOf, requireScope } from './authorise.ts';
export { type BucketClient, BucketReader, type BucketTable } from './bucket-reader.ts';
export {
  ConfigError,
  type Environment,
  integerVariable,
  keyRules,
  keyVariables,
  logLevelVariable,
  natsUrlVariable,
  portVariable,
  readConfig,
  textVariable,
} from './config.ts';
export { readVariables } from './database-variables.ts';
export { addHealthRoutes, type HealthCheck } from './health.ts';
export { createHttpServer, type HttpLimits, listen } from './http-server.ts';
export { isStreamNotFound, isWrongLastSequence } from './jetstream-errors.ts';
export { KeyBucket, KeysUnavailable, TooManyKeys } from './key-bucket.ts';
export { type KeyEntry, type KeyState, stateOf } from './key-entry.ts';
export { createKeyRing, type KeyRing } from './key-ring.ts';
export {
  coversOrganisations,
  coversSources,
  governs,
  type Key,
  keyOfGrant,
  type Scope,
  sha256,
} from './keys.ts';
export type { Lifecycle } from './lifecycle.ts';
export { createLog, type Logger, type LogLevel } from './log.ts';
export { isLoopback } from './loopback.ts';
export { connectNats, type NatsConnection } from './nats.ts';
export { busy, Places } from './places.ts';
export { type Problem, ProblemError } from './problem.ts';
export { type PublishAcked, PublishRefused, publishAcked } from './publish-acked.ts';
export { RefusalCounts } from './refusal-counts.ts';
export { runService, type Service } from './service.ts';
export { Silence } from './silence.ts';
export { type CaseStream, ensureStream, type StreamOptions } from './stream.ts';
export { doubtOf } from './stream-doubt.ts';
