export { cacheFolder } from './cache-folder.ts';
export { chromiumPlace, chromiumProgram } from './chromium-program.ts';
export { fetchFromDebian, withUnpacked } from './debian-package.ts';
export { type Nats, type NatsOptions, startNats } from './nats.ts';
export type { NatsMember } from './nats-cluster.ts';
export { isBefore, type NatsProgram, natsFromDebian, natsProgram } from './nats-program.ts';
export { freePort, loopback } from './ports.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';
export { postgresPrograms } from './postgres-cluster.ts';
export { type Prometheus, startPrometheus } from './prometheus.ts';
export { promtool } from './promtool.ts';
export { repository } from './repository.ts';
export { becomesTrue, type Exit, type Running } from './running.ts';
export { type Service, type ServiceName, type ServiceOptions, startService } from './service.ts';
export { StartFault } from './start-fault.ts';
export {
  createSupervisor,
  type Part as SupervisedPart,
  type Supervisor,
  type SupervisorEvent,
} from './supervisor.ts';
