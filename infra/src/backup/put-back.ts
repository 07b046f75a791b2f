/** Puts a back-up back, into a data folder of the local stack or into empty servers elsewhere. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataFolder } from '../data-folder.ts';
import { startNats } from '../nats.ts';
import { startPostgres } from '../postgres.ts';
import { postgresTools } from '../postgres-tools.ts';
import { repository } from '../repository.ts';
import type { StackSettings } from '../settings.ts';
import { StartFault } from '../start-fault.ts';
import { seconds, type Terminal } from '../terminal.ts';
import { recover, verifyBaseBackup } from './base-backup.ts';
import { restoreDatabase } from './database-dump.ts';
import type { FileFolders } from './installation.ts';
import { leaveArchive, requireArchive } from './log-archive.ts';
import { PARTS } from './make-backup.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { WrongUse } from './run-command.ts';
import { runTool } from './run-tool.ts';
import { snapshots } from './stream-snapshots.ts';

const REBUILD = join(repository, 'services/calculator/src/rebuild/main.ts');

export interface PutBackOptions {
  settings: Pick<StackSettings, 'folder' | 'databaseUrl' | 'natsUrl'>;
  /** Where files go. */
  folders: FileFolders;
  /** The folder of one back-up. */
  from: string;
  parts: { database: boolean; streams: boolean; files: boolean };
  /** Where PostgreSQL's log was archived, for a back-up of the whole cluster. */
  archive: string | undefined;
  /** With an archive: the moment to go to; undefined is as late as the log goes. */
  until: Date | undefined;
  tell: Terminal;
  signal: AbortSignal;
}

/** Each part goes where nothing is yet; what is there stays, and is a fault. */
export async function putBack(options: PutBackOptions): Promise<void> {
  const { settings, from, parts, archive, tell, signal } = options;
  const manifest = await readManifest(from);
  if (archive !== undefined) {
    if (!parts.database || manifest.database !== 'base')
      throw new WrongUse(
        '--archive en --until horen bij de database van een kopie die met --base is gemaakt.',
      );
    requireArchive(archive, { base: join(from, PARTS.base), madeAt: manifest.madeAt });
  }
  const release = await claimDataFolder(settings.folder, tell, signal);
  const part = async (name: string, put: () => Promise<void>) => {
    const startedAt = performance.now();
    await put();
    tell(`✔ ${name} teruggezet (${seconds(performance.now() - startedAt)})`);
  };
  try {
    if (parts.files) await part('bestanden', async () => putFiles(options));
    if (parts.database)
      await part('PostgreSQL', () =>
        manifest.database === 'base' ? putCluster(options) : putDump(options, manifest),
      );
    if (parts.streams) await part('nats-server', () => putStreams(options));
  } finally {
    release();
  }
  tell(NEXT);
}

async function putDump(
  { settings, from, tell, signal }: PutBackOptions,
  { database }: Manifest,
): Promise<void> {
  const tools = await postgresTools(tell, signal);
  const file = join(from, PARTS.dump);
  const fill = (url: string) =>
    restoreDatabase(tools, { url, file, signal }, async (half) => {
      // Without the rest a calculator would take every case for a new one.
      if (database === 'record') await runTool([process.execPath, REBUILD], { DATABASE_URL: half }, signal);
    });
  if (settings.databaseUrl !== undefined) return fill(settings.databaseUrl);
  const postgres = await startPostgres({ folder: join(settings.folder, 'postgres'), signal });
  try {
    await fill(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** The cluster is there when it is whole, or not at all. */
async function putCluster({ settings, from, archive, until, tell, signal }: PutBackOptions): Promise<void> {
  if (settings.databaseUrl !== undefined)
    throw new StartFault('Een kopie van de hele cluster gaat in de datamap: laat DATABASE_URL weg.');
  const folder = join(settings.folder, 'postgres');
  const data = join(folder, 'data');
  if (existsSync(data)) throw new StartFault(`${data} bestaat al: zet die map eerst opzij.`);
  await verifyBaseBackup(await postgresTools(tell, signal), join(from, PARTS.base), signal);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  try {
    mkdirSync(half, { mode: 0o700 });
    cpSync(join(from, PARTS.base), join(half, 'data'), { recursive: true });
    chmodSync(join(half, 'data'), 0o700);
    // Also to the same moment it goes on by itself, under names that the log has.
    leaveArchive(join(half, 'data'));
    const password = join(from, 'postgres-password');
    if (existsSync(password)) cpSync(password, join(half, 'password'));
    if (archive !== undefined) await recover({ folder: half, archive, until, signal });
    signal.throwIfAborted();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (existsSync(password)) cpSync(password, join(folder, 'password'));
    renameSync(join(half, 'data'), data);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

async function putStreams({ settings, from, tell, signal }: PutBackOptions): Promise<void> {
  const folder = join(from, PARTS.streams);
  if (settings.natsUrl !== undefined) {
    await snapshots('restore', { natsUrl: settings.natsUrl, folder, signal });
    return;
  }
  const nats = await startNats({ folder: join(settings.folder, 'nats'), progress: tell, signal });
  try {
    await snapshots('restore', { natsUrl: nats.url, folder, signal });
  } finally {
    await nats.stop();
  }
}

function putFiles({ folders, from }: PutBackOptions): void {
  const files = join(from, PARTS.files);
  const { ingestFolder: ingest, reportsFolder: reports } = folders;
  if (existsSync(join(files, 'ingest.sqlite'))) {
    if (existsSync(join(ingest, 'ingest.sqlite'))) throw new StartFault(`${ingest} is niet leeg.`);
    mkdirSync(ingest, { recursive: true, mode: 0o700 });
    cpSync(join(files, 'ingest.sqlite'), join(ingest, 'ingest.sqlite'));
  }
  if (!existsSync(join(files, 'reports'))) return;
  if (existsSync(reports) && readdirSync(reports).length > 0)
    throw new StartFault(`${reports} is niet leeg.`);
  cpSync(join(files, 'reports'), reports, { recursive: true, preserveTimestamps: true });
}

const NEXT = `Daarna, in deze volgorde:
  npm start -- --empty, of de services zelf; nog niet bereikbaar voor anderen
  npm run restore -- --erase-again MAP   (wist opnieuw wat na de kopie is gewist; MAP is die van alle kopieën)
  npm run verify`;
