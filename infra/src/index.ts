export { type Nats, type NatsOptions, startNats } from './nats.ts';
export { freePort, loopback } from './ports.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';
export { repository } from './repository.ts';
export { becomesTrue, type Exit, type Running } from './running.ts';
export { type Service, type ServiceName, type ServiceOptions, startService } from './service.ts';
export { StartFault } from './start-fault.ts';
