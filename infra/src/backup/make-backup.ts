/** Makes a back-up of an installation while it runs. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copySqlite, DatabaseSync } from 'node:sqlite';
import { postgresTools } from '../postgres-tools.ts';
import { seconds, type Terminal } from '../terminal.ts';
import { takeBaseBackup } from './base-backup.ts';
import { dumpDatabase } from './database-dump.ts';
import { keepErasedList, nameOf } from './erased-list.ts';
import { holdingLock } from './hold-lock.ts';
import type { Installation } from './installation.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import { snapshots } from './stream-snapshots.ts';

export interface BackupOptions {
  installation: Installation;
  /** Of all back-ups; each gets a folder of its own in it. */
  folder: string;
  database: Manifest['database'];
  tell: Terminal;
  signal: AbortSignal;
}

/** The parts of a back-up, in the order in which they are made: see OPERATION.md for why this one. */
export const PARTS = { files: 'files', dump: 'database.dump', base: 'base', streams: 'streams' } as const;

/** A back-up that was made. */
export interface Backup {
  path: string;
  manifest: Manifest;
}

/**
 * A back-up is there whole or not at all.
 * @throws {StartFault} where another one is being made in the same folder, or a server stays away
 */
export function makeBackup(options: BackupOptions): Promise<Backup> {
  const { folder } = options;
  const busy = `In ${folder} wordt al een reservekopie gemaakt`;
  return holdingLock({ path: join(folder, 'backup.lock'), withinMs: 0, busy }, () => make(options));
}

async function make({ installation, folder, database, tell, signal }: BackupOptions): Promise<Backup> {
  const madeAt = new Date();
  const path = join(folder, nameOf(madeAt));
  const half = `${path}.half`;
  const tools = await postgresTools(tell, signal);
  const part = async (name: string, make: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await make();
    tell(`✔ ${name}: ${seconds(performance.now() - startedAt)}`);
  };
  const { databaseUrl: url, natsUrl } = installation;
  // Before hours go into the rest.
  await snapshots('look', { natsUrl, signal, folder: half });
  mkdirSync(half, { mode: 0o700 });
  try {
    await part('bestanden', () => copyFiles(installation, join(half, PARTS.files)));
    if (database === 'base') await part('PostgreSQL (hele cluster)', () => copyCluster());
    else
      await part('PostgreSQL (pg_dump)', () =>
        dumpDatabase(tools, { url, signal, file: join(half, PARTS.dump), onlyRecord: database === 'record' }),
      );
    await part('nats-server', () =>
      snapshots('save', { natsUrl, signal, folder: join(half, PARTS.streams) }),
    );
    const programs = { pg_dump: tools.version, Node: process.version };
    const manifest = await writeManifest(half, { madeAt: madeAt.toISOString(), programs, database });
    renameSync(half, path);
    tell(`✔ ${await keepErasedList(folder, url)} gewiste casussen onthouden`);
    return { path, manifest };
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }

  async function copyCluster(): Promise<void> {
    await takeBaseBackup(tools, { url, signal, folder: join(half, PARTS.base) });
    // The password stands in the cluster as a hash: who puts it back must know it.
    const password = installation.postgresPassword;
    if (password !== undefined) cpSync(password, join(half, 'postgres-password'));
  }
}

/** What ingest delivered before, and the reports of every month. Secrets stay out: they are kept apart. */
async function copyFiles({ ingestFolder, reportsFolder }: Installation, target: string): Promise<void> {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const store = join(ingestFolder, 'ingest.sqlite');
  if (existsSync(store)) {
    const db = new DatabaseSync(store, { readOnly: true });
    try {
      await copySqlite(db, join(target, 'ingest.sqlite'));
    } finally {
      db.close();
    }
  }
  if (existsSync(reportsFolder))
    cpSync(reportsFolder, join(target, 'reports'), { recursive: true, preserveTimestamps: true });
}
