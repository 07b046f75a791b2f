import { join } from 'node:path';
import { type Nats, startNats } from './nats.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type ServiceName, startService } from './service.ts';
import type { Part } from './supervisor.ts';
import { seconds, type Terminal } from './terminal.ts';

/** What the parts of one stack share. */
export type PartContext = { folder: string; tell: Terminal; archive?: string | undefined };

/** A server of the stack, and the address that it has once it was started. */
export type ServerPart = Part & { url(): string };

/** PostgreSQL in the data folder. */
export function postgresPart({ folder, tell, archive }: PartContext): ServerPart {
  let server: Postgres | undefined;
  return {
    name: 'PostgreSQL',
    start: async (signal, again) => {
      const started = performance.now();
      server = await startPostgres({
        folder: join(folder, 'postgres'),
        logFile: logOf(folder, 'PostgreSQL'),
        archive,
        signal,
        // The services know the address, so what takes the place of a server that ended listens there too.
        ...(server === undefined ? {} : { port: server.port }),
      });
      if (!again) tell(`✔ PostgreSQL ${server.version} gestart op poort ${server.port} (${since(started)})`);
      return server;
    },
    url: () => server?.url ?? '',
  };
}

/** A nats-server in the data folder. */
export function natsPart({ folder, tell }: PartContext): ServerPart {
  let server: Nats | undefined;
  return {
    name: 'nats-server',
    start: async (signal, again) => {
      const started = performance.now();
      server = await startNats({
        folder: join(folder, 'nats'),
        logFile: logOf(folder, 'nats-server'),
        progress: tell,
        signal,
        ...(server === undefined ? {} : { port: server.port }),
      });
      if (!again) tell(`✔ nats-server ${server.version} gestart op poort ${server.port} (${since(started)})`);
      return server;
    },
    url: () => server?.url ?? '',
  };
}

/** A service on a port of its own. */
export function servicePart(
  { folder, tell }: PartContext,
  name: ServiceName,
  port: number,
  env: Record<string, string>,
): Part {
  return {
    name,
    start: async (signal, again) => {
      const started = performance.now();
      const service = await startService({
        name,
        port,
        env,
        folder: runFolder(folder),
        logFile: logOf(folder, name),
        signal,
        // Once it has worked, that it waits for another part is no reason to end it.
        ...(again ? { deadlineMs: Number.POSITIVE_INFINITY } : {}),
      });
      if (!again) tell(`✔ ${name} gestart op poort ${port} (${since(started)})`);
      return service;
    },
  };
}

/** Where the services' process numbers are. */
export function runFolder(folder: string): string {
  return join(folder, 'run');
}

/** Where a part writes its log. */
export function logOf(folder: string, name: string): string {
  return join(folder, 'logs', `${name.toLowerCase()}.log`);
}

function since(started: number): string {
  return seconds(performance.now() - started);
}
