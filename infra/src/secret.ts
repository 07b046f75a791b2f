import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The secret kept in a file that only its owner can read: 32 random bytes, made at first use.
 *
 * @param encoding how the bytes are written; `hex` needs no escaping in a URL or configuration file
 */
export function keptSecret(path: string, encoding: 'hex' | 'base64' = 'hex'): string {
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept !== '') return kept;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString(encoding);
  // On disk before anything is made with it: what was, would be lost without it.
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flush: true });
  return secret;
}
