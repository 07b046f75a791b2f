/** The portal as a process of its own, on a real PostgreSQL and nats-server. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Nats, type Service, startNats, startService } from '@effectstroom/infra';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

/** Texts of the keys of the key file. */
export const KEYS = {
  all: 'reads-everything',
  limited: 'reads-noorderlicht',
  two: 'reads-two-organisations',
  ingest: 'only-sends',
  /** Figures only: no single cases, and no small numbers. */
  figures: 'reads-figures',
} as const;

export interface TestPortal {
  database: TestDatabase;
  nats: Nats;
  service: Service;
  /** Asks the portal, with the key of everything where no other is named. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export async function startTestPortal(): Promise<TestPortal> {
  const database = await startTestDatabase();
  const nats = await startNats({ folder: join(database.folder, 'nats') });
  const service = await startService({
    name: 'portal',
    folder: join(database.folder, 'portal'),
    env: portalEnvironment(database, nats),
  });
  return {
    database,
    nats,
    service,
    get: (path, headers = {}) =>
      fetch(service.url + path, { headers: { authorization: `Bearer ${KEYS.all}`, ...headers } }),
    stop: async () => {
      await service.stop();
      await nats.stop();
      await database.stop();
    },
  };
}

function portalEnvironment(database: TestDatabase, nats: Nats): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    KEYS_FILE: keyFile(database.folder),
    LOG_LEVEL: 'warn',
  };
}

/** Writes a file with the keys. @returns its name */
export function keyFile(folder: string): string {
  const key = (text: string, scopes: string[], organisations: string[]) => ({
    name: text,
    sha256: createHash('sha256').update(text).digest('hex'),
    ...{ scopes, organisations, sources: ['*'] },
  });
  const keys = [
    key(KEYS.all, ['read', 'detail'], ['*']),
    key(KEYS.limited, ['read', 'detail'], ['noorderlicht']),
    key(KEYS.two, ['read', 'detail'], ['noorderlicht', 'zuiderzon']),
    key(KEYS.ingest, ['ingest'], ['*']),
    key(KEYS.figures, ['read'], ['*']),
  ];
  const file = join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify({ keys }));
  return file;
}
