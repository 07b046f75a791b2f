/** The folder to which PostgreSQL copies its log. It holds the log of one history of one cluster, without gaps. */
import { randomUUID } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartFault } from '../start-fault.ts';

/**
 * Stands in the data and in the folder of their log. PostgreSQL's own number of the cluster does not do: it stays
 * the same when a copy is put back, which then goes its own way under the same names.
 */
const NAME = 'history.json';

const historySchema = z.object({ id: z.string(), since: z.string() });
type History = z.infer<typeof historySchema>;

/** Pieces of a log, and what tells where a timeline branched off. */
const LOGGED = /^[0-9A-F]{24}|^[0-9A-F]{8}\.history/;

/**
 * Settings with which PostgreSQL copies its log to a folder, piece by piece, each whole and on disk: as soon as
 * a piece of 16 MB is full, and otherwise every minute, so that what a lost disk takes is a minute.
 */
export function archiveSettings(folder: string): Record<string, string> {
  const at = `${quoted(folder)}/%f`;
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    // A piece that is there already, because PostgreSQL died before it noted that, must be the same one.
    archive_command:
      `if [ -e ${at} ]; then cmp -s "%p" ${at}; else ` +
      `cp "%p" ${at}.half && sync ${at}.half && mv ${at}.half ${at}; fi`,
    archive_timeout: '60',
  };
}

/**
 * Goes on with the log of a cluster, or begins it in an empty folder; before the server starts.
 * @param data of the cluster
 * @returns the server's settings
 * @throws {StartFault} where the folder has the log of another history: names would come twice, PostgreSQL would
 *   keep what does not fit until its disk is full, and a restore would end where the histories part
 */
export function goOnWithArchive(data: string, folder: string): Record<string, string> {
  makeArchive(folder);
  const [own, kept] = [historyOf(data), historyOf(folder)];
  if (isUsed(folder) && (own === undefined || own.id !== kept?.id))
    throw new StartFault(`In ${folder} staat een log van PostgreSQL waarop dit niet aansluit: het is van
een andere datamap, van voor een herstel, of PostgreSQL heeft intussen zonder EFFECTSTROOM_ARCHIVE gedraaid.
Geef EFFECTSTROOM_ARCHIVE een lege map en maak daarna meteen een nieuwe kopie: npm run backup -- MAP --base
(bewaar de oude map bij de kopieën die erbij horen).`);
  const history = own ?? { id: randomUUID(), since: new Date().toISOString() };
  const { uid, gid } = statSync(data);
  // Who runs PostgreSQL must be able to read the one and to write in the other.
  if (statSync(folder).uid !== uid && process.getuid?.() === 0) chownSync(folder, uid, gid);
  if (own === undefined) keep(data, history, { uid, gid });
  if (kept === undefined) keep(folder, history, { uid, gid });
  return archiveSettings(folder);
}

/** What is written from now on does not follow on the log that was archived, if there was any. */
export function leaveArchive(data: string): void {
  rmSync(join(data, NAME), { force: true });
}

/**
 * @param base a copy of the cluster, made at a moment
 * @throws {StartFault} where nothing of a log stands in the folder, or that of another history
 */
export function requireArchive(folder: string, { base, madeAt }: { base: string; madeAt: string }): void {
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  if (!names.some((name) => /^[0-9A-F]{24}$/.test(name)))
    throw new StartFault(`In ${folder} staat geen log van PostgreSQL:
het gaat tot de kopie zelf, van ${madeAt}. Laat --archive weg om die terug te zetten.`);
  const [own, kept] = [historyOf(base), historyOf(folder)];
  if (own !== undefined && kept !== undefined && own.id !== kept.id)
    throw new StartFault(`Het log in ${folder} is van ${kept.since} af,
en hoort niet bij deze kopie, met een log van ${own.since} af. Geef de map op die erbij hoort.`);
}

/** Makes a folder for the log. */
export function makeArchive(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** For the shell in which PostgreSQL runs its commands; `%` would be read by PostgreSQL. */
export function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`;
}

function isUsed(folder: string): boolean {
  return readdirSync(folder).some((name) => name === NAME || LOGGED.test(name));
}

/** Undefined also where it cannot be read: then nothing fits it. */
function historyOf(folder: string): History | undefined {
  const path = join(folder, NAME);
  if (!existsSync(path)) return undefined;
  try {
    return historySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and on disk. */
function keep(folder: string, history: History, { uid, gid }: { uid: number; gid: number }): void {
  const half = join(folder, `${NAME}.half`);
  writeFileSync(half, `${JSON.stringify(history)}\n`, { mode: 0o600, flush: true });
  if (statSync(half).uid !== uid) chownSync(half, uid, gid);
  renameSync(half, join(folder, NAME));
}
