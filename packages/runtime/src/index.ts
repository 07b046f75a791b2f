export { isLoopback, keyOf, requireScope } from './authorise.ts';
export {
  booleanVariable,
  ConfigError,
  describeConfig,
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
export { API_VERSION, createHttpServer, type HttpLimits, listen, sendProblem } from './http-server.ts';
export { createKeyRing, type Key, type KeyRing, SCOPES, type Scope } from './keys.ts';
export { type Lifecycle, type LifecycleOptions, runLifecycle } from './lifecycle.ts';
export { createLog, type Logger, type LogLevel } from './log.ts';
export { connectNats, type NatsConnection } from './nats.ts';
export { PROBLEM_TYPE, type Problem, ProblemError, problem } from './problem.ts';
export { type PublishAcked, publishAcked } from './publish-acked.ts';
export { runService, type Service } from './service.ts';
export { type CaseStream, ensureStream, findStream, type StreamOptions } from './stream.ts';
