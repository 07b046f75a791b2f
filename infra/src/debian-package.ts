import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long apt may take, in all. */
const DEADLINE_MS = 180_000;

/** A program in a package: where it stands in there, as `usr/sbin/nats-server`, and where it is put. */
export type PackagedProgram = { member: string; target: string };

/** Packages of one release, and the release's name (as `forky`); by default that of the system. */
export type DebianPackages = { names: readonly string[]; suite?: string };

/**
 * Where other releases than the system's come from: Debian's public mirrors. What they hand out need not be trusted,
 * nor the way there: see {@link SIGNED_ONLY}.
 */
const MIRROR = 'http://deb.debian.org/debian';

/**
 * Every list of packages must be signed by a key that the system's apt has, and every package have the hash that such a
 * list gives: apt's own defaults, whatever the system says of them. No version is pinned: it is the release's newest.
 */
const SIGNED_ONLY = [
  'Acquire::AllowInsecureRepositories=false',
  'Acquire::AllowWeakRepositories=false',
  'Acquire::AllowDowngradeToInsecureRepositories=false',
  'APT::Get::AllowUnauthenticated=false',
].flatMap((option) => ['-o', option]);

/**
 * Takes programs out of a package of Debian (or Ubuntu), without root and without changing anything in the
 * system.
 *
 * @param cache the folder of the targets, in which it works too
 * @param suite a release other than the system's; its programs may need a newer libc than the system has
 * @throws {Error} with what apt said, when the system is no Debian or the package cannot be had
 */
export function fetchFromDebian(
  packageName: string,
  programs: readonly PackagedProgram[],
  cache: string,
  interrupt: AbortSignal,
  suite?: string,
): Promise<void> {
  const packages = { names: [packageName], ...(suite !== undefined && { suite }) };
  return withUnpacked(packages, cache, interrupt, (unpacked) => {
    for (const { member, target } of programs) renameSync(join(unpacked, member), target);
  });
}

/**
 * Unpacks packages of Debian (or Ubuntu) into one folder and lets `take` have what it wants of it: apt keeps its
 * lists in a temporary folder, takes nothing that is not signed, and nothing is installed. A source that the system
 * calls trusted (`[trusted=yes]`) is trusted here too.
 *
 * @param cache the folder in which it works; `take` can rename within it
 * @throws {Error} with what apt said, when the system is no Debian or a package cannot be had
 */
export async function withUnpacked(
  { names, suite }: DebianPackages,
  cache: string,
  interrupt: AbortSignal,
  take: (unpacked: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(cache, 'debian-'));
  try {
    const options = aptOptions(folder, suite);
    const signal = AbortSignal.any([interrupt, AbortSignal.timeout(DEADLINE_MS)]);
    // One source that fails, of many, is no reason to stop: it has no list then, and the download tells.
    await run('apt-get', [...options, 'update'], folder, signal).catch(onlyIfMissing);
    await run('apt-get', [...options, 'download', ...names], folder, signal);
    const archives = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    if (archives.length < names.length) throw new Error('apt-get download gaf niet elk pakket');
    for (const archive of archives) await run('dpkg-deb', ['-x', archive, 'unpacked'], folder, signal);
    take(join(folder, 'unpacked'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function aptOptions(folder: string, suite: string | undefined): string[] {
  const lists = join(folder, 'lists');
  for (const made of [lists, join(folder, 'cache', 'archives')])
    mkdirSync(join(made, 'partial'), { recursive: true });
  const sources = join(folder, 'sources.list');
  if (suite !== undefined) writeFileSync(sources, `deb ${MIRROR} ${suite} main\n`);
  return [
    ...SIGNED_ONLY,
    ...['-o', `Dir::State::Lists=${lists}`],
    ...['-o', `Dir::Cache=${join(folder, 'cache')}`],
    // As root apt would become a user that cannot write here.
    ...['-o', 'APT::Sandbox::User=root'],
    ...['-o', 'Acquire::Retries=2'],
    ...['-o', 'Acquire::http::Timeout=20'],
    ...(suite === undefined
      ? []
      : ['-o', `Dir::Etc::SourceList=${sources}`, '-o', 'Dir::Etc::SourceParts=/dev/null']),
  ];
}

function onlyIfMissing(error: unknown): void {
  if (error instanceof Error && 'code' in error) throw error;
}

function run(command: string, args: string[], cwd: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(command, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} eindigde met code ${code}: ${lastLine(said)}`));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
