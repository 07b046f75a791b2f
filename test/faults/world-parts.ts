/** The parts of a world as their starts: real servers and services, set as in production. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Nats,
  type Postgres,
  type Service,
  startNats,
  startPostgres,
  startService,
} from '@effectstroom/infra';
import { serviceFiles } from '../harness/service-files.ts';
import { type PartName, SERVICE_OF } from './fault.ts';
import type { Reached } from './link.ts';
import { LivePart, type Place } from './live-part.ts';

/** What the load and the probe are known by. */
export const KEYS = { ingest: 'faults-ingest', admin: 'faults-admin', read: 'faults-read' } as const;

const SERVICES = ['calculator', 'second', 'ingest', 'portal', 'exporter'] as const;

export interface PartOptions {
  folder: string;
  placeOf: (name: PartName) => Place;
  /** Where services find the servers: a link on one machine, the server itself elsewhere. */
  reached: { nats: Reached; postgres: Reached };
  /** The folder of the version that is started now. */
  rootNow: () => string;
  /** What faults add to the environment of a service. */
  environments: ReadonlyMap<PartName, Readonly<Record<string, string>>>;
}

export interface Parts {
  postgres: LivePart<Postgres>;
  nats: LivePart<Nats>;
  services: readonly LivePart<Service>[];
}

/** None of them is started yet. */
export function makeParts(options: PartOptions): Parts {
  const { folder, placeOf } = options;
  const hbaFile = writeAccess(join(folder, 'postgres'));
  const postgres = new LivePart('postgres', placeOf('postgres'), (place, signal) =>
    startPostgres({ folder: join(folder, 'postgres'), ...place, settings: { hba_file: hbaFile }, signal }),
  );
  const nats = new LivePart('nats', placeOf('nats'), (place, signal) =>
    startNats({ folder: join(folder, 'nats'), ...place, signal }),
  );
  const own = environments(folder);
  const services = SERVICES.map(
    (name) =>
      new LivePart(name, placeOf(name), (place, signal, again) => {
        const at = (url: string, { host, port }: Reached) => {
          const address = new URL(url);
          address.host = `${host}:${port}`;
          return address.href;
        };
        const servers = {
          DATABASE_URL: at(postgres.first.url, options.reached.postgres),
          NATS_URL: at(nats.first.url, options.reached.nats),
        };
        return startService({
          name: SERVICE_OF[name],
          folder: join(folder, 'services', name),
          env: { ...servers, ...own[name], ...options.environments.get(name) },
          ...place,
          code: options.rootNow(),
          signal,
          // As in production: once it has worked, that it waits for another part is no reason to end it.
          ...(again ? { deadlineMs: Number.POSITIVE_INFINITY } : {}),
        });
      }),
  );
  return { postgres, nats, services };
}

/** Whoever may come to PostgreSQL from another machine of the run. @returns the path of its file */
function writeAccess(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'pg_hba.conf');
  writeFileSync(file, ACCESS, { mode: 0o644 });
  return file;
}

/** With the password, from this machine and from those of a private network. */
export const ACCESS = ['127.0.0.1/32', '10.0.0.0/8']
  .map((from) => `host all all ${from} scram-sha-256\n`)
  .join('');

function environments(folder: string): Record<(typeof SERVICES)[number], Record<string, string>> {
  const files = serviceFiles(folder, {
    [KEYS.ingest]: ['ingest'],
    [KEYS.admin]: ['admin'],
    [KEYS.read]: ['read', 'detail'],
  });
  const share = { PARTITIONS_MAX: '3' };
  return {
    calculator: share,
    second: share,
    ingest: { ...files, DATA_FOLDER: join(folder, 'ingest') },
    portal: files,
    exporter: { REFRESH_SECONDS: '1' },
  };
}
