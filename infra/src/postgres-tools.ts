/** The programs of PostgreSQL that make and put back its back-ups. npm does not carry them. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { withUnpacked } from './debian-package.ts';
import { StartFault } from './start-fault.ts';

const NAMES = ['pg_dump', 'pg_restore', 'pg_basebackup', 'pg_verifybackup'] as const;

/** What starts each of them: the program, or a loader in front of it; arguments come behind. */
export type PostgresTools = Readonly<Record<(typeof NAMES)[number], readonly string[]>> & {
  readonly version: string;
};

/** That of the server: an older pg_dump refuses a newer server. */
const MAJOR = 18;
const INSTALLED = [
  `/usr/lib/postgresql/${MAJOR}/bin`,
  `/opt/homebrew/opt/postgresql@${MAJOR}/bin`,
  `/usr/pgsql-${MAJOR}/bin`,
];
/** Where Debian has this version, and with it the libraries that it was made with, libc too. */
const SUITE = 'forky';
const LIBRARIES = [
  ...[
    'libpq5',
    'libc6',
    'liblz4-1',
    'libzstd1',
    'zlib1g',
    'libxxhash0',
    'libssl3t64',
    'libldap2',
    'libsasl2-2',
  ],
  ...['libgssapi-krb5-2', 'libkrb5-3', 'libk5crypto3', 'libkrb5support0', 'libcom-err2', 'libkeyutils1'],
  ...['libreadline8t64', 'libtinfo6'],
];

/**
 * Finds the programs on the PATH, where they are usually installed, or among what was fetched before; else takes
 * them out of Debian's packages, with the libraries that they need.
 *
 * @param progress is told, in Dutch, what takes time
 * @throws {StartFault} with the ways to get them
 */
export async function postgresTools(
  progress: (line: string) => void = () => undefined,
  interrupt: AbortSignal = new AbortController().signal,
): Promise<PostgresTools> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), ...INSTALLED]) {
    const found = usable(folder, []);
    if (found !== undefined) return found;
  }
  const cache = cacheFolder();
  const kept = join(cache, `postgresql-client-${MAJOR}-debian`);
  const before = fetched(kept);
  if (before !== undefined) return before;
  progress('pg_dump en pg_basebackup ophalen uit pakketten van Debian (eenmalig, ongeveer 9 MB) …');
  const packages = { names: [`postgresql-client-${MAJOR}`, ...LIBRARIES], suite: SUITE };
  const failure = await withUnpacked(packages, cache, interrupt, (unpacked) => {
    mkdirSync(cache, { recursive: true });
    rmSync(kept, { recursive: true, force: true });
    renameSync(unpacked, kept);
  }).catch((error: Error) => {
    interrupt.throwIfAborted();
    return error;
  });
  const now = fetched(kept);
  if (now !== undefined) return now;
  throw new StartFault(`De programma's van PostgreSQL ${MAJOR} voor reservekopieën zijn niet gevonden en konden
niet worden opgehaald.
  Debian: ${failure?.message ?? 'de pakketten bevatten geen programma dat hier werkt'}
Installeer ze, zodat pg_dump ${MAJOR} op het PATH staat: \`apt install postgresql-client-${MAJOR}\`
(apt.postgresql.org), \`brew install postgresql@${MAJOR}\`.`);
}

/** What was unpacked runs with its own libraries, by its own loader. */
function fetched(folder: string): PostgresTools | undefined {
  const [loader] = globSync(join(folder, 'usr', 'lib', '*-linux-gnu*', 'ld-linux*.so.*'));
  if (loader === undefined) return undefined;
  const libraries = join(loader, '..');
  return usable(join(folder, 'usr', 'lib', 'postgresql', `${MAJOR}`, 'bin'), [
    ...[loader, '--library-path', libraries],
  ]);
}

/** The programs of a folder, when they are all there, run, and are of this version or newer. */
function usable(folder: string, loader: readonly string[]): PostgresTools | undefined {
  if (NAMES.some((name) => !existsSync(join(folder, name)))) return undefined;
  const command = (name: string) => [...loader, join(folder, name)];
  const [program = '', ...args] = [...command('pg_dump'), '--version'];
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
  const version = /(\d+)\.\d+/.exec(stdout ?? '');
  if (version === null || Number(version[1]) < MAJOR) return undefined;
  return {
    pg_dump: command('pg_dump'),
    pg_restore: command('pg_restore'),
    pg_basebackup: command('pg_basebackup'),
    pg_verifybackup: command('pg_verifybackup'),
    version: version[0],
  };
}
