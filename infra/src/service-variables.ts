import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPlace } from './chromium-program.ts';
import { loopback } from './ports.ts';
import { keptSecret } from './secret.ts';
import type { ServiceName } from './service.ts';
import type { StackSettings } from './settings.ts';

/** Role of PostgreSQL that reads the schema `reporting` and nothing else. */
const READER = 'effectstroom_lezer';

/** Where the servers of the stack are. */
export type ServerAddresses = { databaseUrl: string; natsUrl: string };

/** The password of those who read PostgreSQL with tools of their own, as Grafana. */
export function readerSecret(folder: string): string {
  return join(folder, 'lezer.secret');
}

/** PostgreSQL as a reader addresses it, without a password. */
export function readerAddress(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `postgres://${READER}@${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

/** What each service of the local stack is told; secrets are made in the data folder at the first start. */
export function serviceVariables(
  { folder, ports, databaseUrl: foreignDatabase }: StackSettings,
  { databaseUrl, natsUrl }: ServerAddresses,
): Record<ServiceName, Record<string, string>> {
  // Roles belong to a whole server: on somebody else's none are made.
  const reader: Record<string, string> =
    foreignDatabase === undefined ? { READER_SECRET_FILE: secretFile(readerSecret(folder), 'hex') } : {};
  const stream = { NATS_URL: natsUrl };
  const both = { ...stream, DATABASE_URL: databaseUrl };
  const localKeys = { LOCAL_KEYS: 'true' };
  const reports = join(folder, 'reports');
  mkdirSync(reports, { recursive: true, mode: 0o700 });
  const chromium = chromiumPlace();
  return {
    calculator: { ...both, ...reader },
    ingest: {
      ...stream,
      ...localKeys,
      RESIDENT_KEY_SECRET_FILE: secretFile(join(folder, 'resident-key.secret'), 'base64'),
      DATA_FOLDER: join(folder, 'ingest'),
    },
    portal: {
      ...both,
      ...localKeys,
      INGEST_URL: `http://${loopback}:${ports.ingest}`,
      SESSION_SECRET_FILE: secretFile(join(folder, 'session.secret'), 'base64'),
      REPORTS_FOLDER: reports,
      ...(chromium === undefined ? {} : { CHROMIUM: chromium.path }),
    },
    exporter: both,
  };
}

/** @returns the path of a secret that is there now */
function secretFile(path: string, encoding: 'hex' | 'base64'): string {
  keptSecret(path, encoding);
  return path;
}
