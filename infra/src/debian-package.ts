import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How long apt may take, in all. */
const DEADLINE_MS = 180_000;

/** A program in a package: where it stands in there, as `usr/sbin/nats-server`, and where it is put. */
export type PackagedProgram = { member: string; target: string };

/**
 * Takes programs out of a package of Debian (or Ubuntu), without root and without changing anything in the
 * system: apt keeps its lists in a temporary folder, checks signatures and hashes as it always does, and the
 * package is unpacked and not installed.
 *
 * @param cache the folder of the targets, in which it works too
 * @throws {Error} with what apt said, when the system is no Debian or the package cannot be had
 */
export async function fetchFromDebian(
  packageName: string,
  programs: readonly PackagedProgram[],
  cache: string,
  interrupt: AbortSignal,
): Promise<void> {
  const folder = mkdtempSync(join(cache, 'debian-'));
  try {
    const lists = join(folder, 'lists');
    const archives = join(folder, 'cache', 'archives');
    for (const made of [lists, archives]) mkdirSync(join(made, 'partial'), { recursive: true });
    const options = [
      ...['-o', `Dir::State::Lists=${lists}`],
      ...['-o', `Dir::Cache=${join(folder, 'cache')}`],
      // As root apt would become a user that cannot write here.
      ...['-o', 'APT::Sandbox::User=root'],
      ...['-o', 'Acquire::Retries=2'],
      ...['-o', 'Acquire::http::Timeout=20'],
    ];
    const signal = AbortSignal.any([interrupt, AbortSignal.timeout(DEADLINE_MS)]);
    // One source that fails, of many, is no reason to stop; the download tells.
    await run('apt-get', [...options, 'update'], folder, signal).catch(onlyIfMissing);
    await run('apt-get', [...options, 'download', packageName], folder, signal);
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error('apt-get download gaf geen pakket');
    await run('dpkg-deb', ['-x', archive, 'unpacked'], folder, signal);
    for (const { member, target } of programs) renameSync(join(folder, 'unpacked', member), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
