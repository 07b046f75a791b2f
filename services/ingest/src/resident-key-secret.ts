import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '@effectstroom/runtime';

/** What hashes resident keys, and its place among its predecessors. */
export interface ResidentKeySecret {
  version: number;
  secret: Buffer;
}

const LEAST_SECRET_BYTES = 32;
const VERSION_LINE = /^([1-9]\d{0,5}) (\S.*)$/;

/**
 * The newest secret in a file: one secret, which is version 1; or lines of a version, a space and a secret.
 * Line ends and the white space before them are no part of a secret. Throws `ConfigError` where the file
 * cannot be read or is not like that.
 */
export function readResidentKeySecret(file: string): ResidentKeySecret {
  const secrets = secretsIn(readSecretFile(file));
  const newest = secrets.reduce((one, other) => (other.version > one.version ? other : one));
  if (secrets.every(({ secret }) => secret.length >= LEAST_SECRET_BYTES)) return newest;
  throw wrong(`must hold at least ${LEAST_SECRET_BYTES} bytes${secrets.length > 1 ? ' a secret' : ''}`);
}

function readSecretFile(file: string): string {
  try {
    return readFileSync(file, 'latin1').trimEnd();
  } catch (error) {
    throw wrong(`cannot be read: ${codeOf(error)}`);
  }
}

function secretsIn(text: string): [ResidentKeySecret, ...ResidentKeySecret[]] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const parts = lines.map((line) => VERSION_LINE.exec(line.trimEnd()));
  if (parts.every((part) => part === null)) return [{ version: 1, secret: Buffer.from(text, 'latin1') }];
  const secrets = parts.map((part) => {
    const [, version, secret = ''] = part ?? [];
    return { version: Number(version), secret: Buffer.from(secret, 'latin1') };
  });
  const [first, ...others] = secrets;
  const versions = new Set(secrets.map(({ version }) => version));
  if (first === undefined || versions.has(Number.NaN) || versions.size < secrets.length) {
    throw wrong('must hold one secret, or on each line a version, a space and a secret, each version once');
  }
  return [first, ...others];
}

/** Whether anyone on this machine may read a file; false where that cannot be told. */
export function isReadableByOthers(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;
}

function wrong(says: string): ConfigError {
  return new ConfigError([`RESIDENT_KEY_SECRET_FILE ${says}`]);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
