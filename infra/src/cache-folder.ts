import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository.ts';

/**
 * Where fetched programs are kept between runs: EFFECTSTROOM_CACHE, else the user's cache folder, else (for a
 * user without a home) `.cache` in the repository.
 */
export function cacheFolder(): string {
  const env = process.env;
  if (env['EFFECTSTROOM_CACHE']) return made(env['EFFECTSTROOM_CACHE']);
  const users = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'effectstroom');
  try {
    return made(users);
  } catch {
    return made(join(repository, '.cache', 'effectstroom'));
  }
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK);
  return folder;
}
