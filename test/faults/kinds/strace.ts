/** strace, which holds up the calls of other processes. */
import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, withUnpacked } from '@effectstroom/infra';
import { libraryTriplet } from './library-triplet.ts';

/** What starts it, and the variables that it needs. */
export interface Strace {
  path: string;
  env: Readonly<Record<string, string>>;
}

/** With the libraries that it was made with. */
const PACKAGES = ['strace', 'libunwind8', 'liblzma5'];

/**
 * The program: that of the system, or Debian's, fetched once.
 * @throws {Error} where it can neither be found nor fetched
 */
export async function strace(signal: AbortSignal = new AbortController().signal): Promise<Strace> {
  const installed = { path: 'strace', env: {} };
  if (works(installed)) return installed;
  const cache = cacheFolder();
  const folder = join(cache, 'strace-debian');
  const fetched = straceIn(folder);
  if (!existsSync(folder))
    await withUnpacked({ names: PACKAGES }, cache, signal, (unpacked) => renameSync(unpacked, folder));
  if (!works(fetched)) throw new Error(`${fetched.path} does not run here`);
  return fetched;
}

function straceIn(folder: string): Strace {
  const libraries = ['usr/lib', 'lib'].map((where) => join(folder, where, libraryTriplet()));
  return { path: join(folder, 'usr', 'bin', 'strace'), env: { LD_LIBRARY_PATH: libraries.join(':') } };
}

function works({ path, env }: Strace): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', env: { ...process.env, ...env } }).status === 0;
}
