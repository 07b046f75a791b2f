/** libfaketime, which shows a program another time of day than the machine has. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fetchFromDebian } from '@effectstroom/infra';
import { libraryTriplet } from './library-triplet.ts';

const FILE = 'libfaketimeMT.so.1';

/**
 * The library: that of the system, or Debian's, fetched once.
 * @throws {Error} where it can neither be found nor fetched
 */
export async function libfaketime(signal: AbortSignal = new AbortController().signal): Promise<string> {
  const member = join('usr', 'lib', libraryTriplet(), 'faketime', FILE);
  const installed = join('/', member);
  if (existsSync(installed)) return installed;
  const cache = cacheFolder();
  const target = join(cache, 'libfaketime-debian', FILE);
  if (existsSync(target)) return target;
  mkdirSync(join(cache, 'libfaketime-debian'), { recursive: true });
  await fetchFromDebian('libfaketime', [{ member, target }], cache, signal);
  return target;
}
