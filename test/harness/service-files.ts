import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECRET = 'a secret of tests, of enough bytes';

/**
 * Writes the files that services read.
 * @param keys scopes by key, each for all organisations and sources; by default those of the local stack
 * @returns the variables of a service that name them
 */
export function serviceFiles(
  folder: string,
  keys?: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const variables = { RESIDENT_KEY_SECRET_FILE: write(folder, 'resident-key', SECRET) };
  if (keys === undefined) return { ...variables, LOCAL_KEYS: 'true' };
  const entries = Object.entries(keys).map(([key, scopes]) => ({
    name: key,
    sha256: createHash('sha256').update(key).digest('hex'),
    ...{ scopes, organisations: ['*'], sources: ['*'] },
  }));
  return { ...variables, KEYS_FILE: write(folder, 'keys.json', JSON.stringify({ keys: entries })) };
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
