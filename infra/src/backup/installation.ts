/** Where the parts of an installation are: those of the local stack, or what the environment says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopback } from '../ports.ts';
import { postgresUrl } from '../postgres.ts';
import { readSettings } from '../settings.ts';
import { StartFault } from '../start-fault.ts';

/** Ingest's own folder, and that of reports; where they are elsewhere, they are not there. */
export interface FileFolders {
  ingestFolder: string;
  reportsFolder: string;
}

export interface Installation extends FileFolders {
  databaseUrl: string;
  natsUrl: string;
  /** File with the password of the embedded PostgreSQL. */
  postgresPassword: string | undefined;
}

/**
 * The installation that runs, by its data folder; DATABASE_URL and NATS_URL win, INGEST_FOLDER and REPORTS_FOLDER say
 * where these folders are elsewhere.
 * @throws {StartFault} where there is none
 */
export function findInstallation(env: NodeJS.ProcessEnv): Installation {
  const { folder, databaseUrl, natsUrl } = readSettings(env);
  return {
    databaseUrl: databaseOf(env),
    natsUrl: natsUrl ?? localNats(join(folder, 'nats')),
    ...fileFolders(env),
    postgresPassword: databaseUrl === undefined ? join(folder, 'postgres', 'password') : undefined,
  };
}

/** INGEST_FOLDER and REPORTS_FOLDER, or those of the data folder. */
export function fileFolders(env: NodeJS.ProcessEnv): FileFolders {
  const { folder } = readSettings(env);
  return {
    ingestFolder: env['INGEST_FOLDER'] || join(folder, 'ingest'),
    reportsFolder: env['REPORTS_FOLDER'] || join(folder, 'reports'),
  };
}

/**
 * PostgreSQL of the installation that runs: DATABASE_URL, or that of the data folder.
 * @throws {StartFault} where there is none
 */
export function databaseOf(env: NodeJS.ProcessEnv): string {
  const { folder, databaseUrl } = readSettings(env);
  if (databaseUrl !== undefined) return databaseUrl;
  const { port, password } = remembered(join(folder, 'postgres'));
  return postgresUrl(port, password);
}

function localNats(folder: string): string {
  const { port, password } = remembered(folder);
  return `nats://effectstroom:${password}@${loopback}:${port}`;
}

function remembered(folder: string): { port: string; password: string } {
  const [port, password] = ['port', 'password'].map((name) => join(folder, name));
  if (port === undefined || password === undefined || !existsSync(port) || !existsSync(password))
    throw new StartFault(`Er zijn geen gegevens in ${folder}. Start eerst npm start, of geef DATABASE_URL en NATS_URL op.
(There is no data in ${folder}: run npm start first, or set DATABASE_URL and NATS_URL.)`);
  return { port: readFileSync(port, 'utf8').trim(), password: readFileSync(password, 'utf8').trim() };
}
