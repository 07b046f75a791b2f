import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { fetchFromDebian } from './debian-package.ts';
import { fetchRelease, RELEASE_VERSION } from './nats-release.ts';
import { StartFault } from './start-fault.ts';

/** A nats-server program; `version` as [major, minor, patch]. */
export type NatsProgram = { path: string; version: readonly [number, number, number] };

/** The oldest one whose JetStream we know. */
const OLDEST = [2, 9] as const;
/** Debian installs it in a folder that is not on everybody's PATH. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * Finds nats-server on the PATH or among what was fetched before, else fetches it: from Debian's package
 * where there is apt, else the official release.
 *
 * @param progress is told, in Dutch, what takes time
 * @param interrupt aborting it ends a fetch
 * @throws {StartFault} with the three ways to get it
 */
export async function natsProgram(
  progress: (line: string) => void = () => undefined,
  interrupt: AbortSignal = new AbortController().signal,
): Promise<NatsProgram> {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_FOLDERS]) {
    const found = programAt(join(folder, 'nats-server'));
    if (found !== undefined) return found;
  }
  const cache = cacheFolder();
  const kept = { release: keptAt(cache, RELEASE_VERSION), debian: keptAt(cache, 'debian') };
  const fetched = programAt(kept.release) ?? programAt(kept.debian);
  if (fetched !== undefined) return fetched;

  const failures: string[] = [];
  const failed = (place: string) => (error: Error) => {
    interrupt.throwIfAborted();
    failures.push(`  ${place}: ${error.message}`);
    return undefined;
  };
  if (process.platform === 'linux') {
    const program = await natsFromDebian(undefined, progress, interrupt).catch(failed('Debian'));
    if (program !== undefined) return program;
  }
  progress(`nats-server ${RELEASE_VERSION} ophalen van GitHub (eenmalig, ongeveer 7 MB) …`);
  const fetching = fetchRelease(kept.release, cache, { onProgress: everyQuarter(progress), interrupt });
  const program = await fetching.then(() => programAt(kept.release), failed('GitHub'));
  if (program !== undefined) return program;
  throw new StartFault(`nats-server is niet gevonden en kon niet worden opgehaald.
${failures.join('\n')}
Drie manieren om verder te gaan:
  1. installeer het: \`apt install nats-server\` of \`brew install nats-server\`, zodat het op het PATH staat;
  2. zet het programma van https://github.com/nats-io/nats-server/releases als ${kept.release};
  3. gebruik een NATS-server met JetStream die al draait: NATS_URL=nats://… npm start`);
}

/**
 * The nats-server of a release of Debian, kept from an earlier time or fetched now.
 * @param suite a release other than the system's, as `forky`
 * @throws {Error} where it cannot be fetched, or does not run here
 */
export async function natsFromDebian(
  suite: string | undefined,
  progress: (line: string) => void,
  interrupt: AbortSignal,
): Promise<NatsProgram> {
  const cache = cacheFolder();
  const target = keptAt(cache, suite ?? 'debian');
  const kept = programAt(target);
  if (kept !== undefined) return kept;
  const name = suite === undefined ? 'Debian' : `Debian ${suite}`;
  progress(`nats-server ophalen uit het pakket van ${name} (eenmalig, ongeveer 15 MB) …`);
  await fetchFromDebian('nats-server', [{ member: 'usr/sbin/nats-server', target }], cache, interrupt, suite);
  const program = programAt(target);
  if (program === undefined) throw new Error(`${target} werkt hier niet`);
  return program;
}

function keptAt(cache: string, label: string): string {
  const folder = join(cache, `nats-server-${label}`);
  mkdirSync(folder, { recursive: true });
  return join(folder, 'nats-server');
}

/** The program at a path, when it is there, runs and is not too old. */
function programAt(path: string): NatsProgram | undefined {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return undefined;
  }
  const version = versionIn(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '');
  return version === undefined || isBefore(version, OLDEST) ? undefined : { path, version };
}

/** Reads `nats-server: v2.12.1-RC.1`. */
export function versionIn(text: string): NatsProgram['version'] | undefined {
  const found = /v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

/** Whether a version lies before a major and minor version. */
export function isBefore(
  [major, minor]: NatsProgram['version'],
  [atMajor, atMinor]: readonly [number, number],
): boolean {
  return major < atMajor || (major === atMajor && minor < atMinor);
}

function everyQuarter(progress: (line: string) => void): (percent: number) => void {
  let told = 0;
  return (percent) => {
    if (percent < told + 25) return;
    told = percent - (percent % 25);
    progress(`  ${told} %`);
  };
}
