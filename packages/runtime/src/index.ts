export { keyOf, requireScope } from './authorise.ts';
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
export { addHealthRoutes, type HealthCheck } from './health.ts';
export { createHttpServer, type HttpLimits, listen } from './http-server.ts';
export { createKeyRing, type Key, type KeyRing, type Scope } from './keys.ts';
export type { Lifecycle } from './lifecycle.ts';
export { createLog, type Logger, type LogLevel } from './log.ts';
export { connectNats, type NatsConnection } from './nats.ts';
export { type Problem, ProblemError } from './problem.ts';
export { type PublishAcked, publishAcked } from './publish-acked.ts';
export { runService, type Service } from './service.ts';
export { type CaseStream, ensureStream, findStream, type StreamOptions } from './stream.ts';
