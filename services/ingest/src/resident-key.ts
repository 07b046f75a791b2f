import { createHmac } from 'node:crypto';
import { ConfigError, type Logger } from '@effectstroom/runtime';
import { isReadableByOthers, type ResidentKeySecret, readResidentKeySecret } from './resident-key-secret.ts';

/** Replaces a resident key. */
export type HashResidentKey = (residentKey: string) => string;

/** How often the file is read again, in milliseconds. */
const POLL = 500;

/**
 * The keyed hash that replaces resident keys: `rk`, the version of the secret, `:` and HMAC-SHA-256 in
 * base64url. Only the key is its input, so that one resident is the same in all organisations, and nobody
 * without the secret can try keys.
 */
export function residentKeyHash({ version, secret }: ResidentKeySecret): HashResidentKey {
  const prefix = `rk${version}:`;
  return (residentKey) => prefix + createHmac('sha256', secret).update(residentKey).digest('base64url');
}

/**
 * Whether a resident key has the form of such a hash. In an assessment, made of an event that was published, it is
 * one and stays as it is, or the resident would become another one; anybody else could write one that is none.
 */
export function isResidentKeyHash(residentKey: string): boolean {
  return /^rk\d{1,9}:[A-Za-z0-9_-]{43}$/.test(residentKey);
}

/** Hashes with the newest secret of a file. */
export interface ResidentKeys {
  hash: HashResidentKey;
  close(): void;
}

/**
 * Hashes resident keys with the newest secret of a file, which is read again when it changes. A file that
 * cannot be used then changes nothing, and the log says so; neither does another secret under the same
 * version, which would make one resident two without a sign of it. Throws `ConfigError` where the file
 * cannot be used at the start.
 */
export function watchResidentKeySecret(log: Logger, file: string): ResidentKeys {
  let current = readResidentKeySecret(file);
  let hash = residentKeyHash(current);
  let lastReason: string | undefined;
  warnOfReaders(log, file);
  const reload = (): void => {
    const reason = reasonOf(() => {
      const found = readResidentKeySecret(file);
      if (found.version === current.version) return refuseAnother(found, current);
      current = found;
      hash = residentKeyHash(found);
      log.info({ version: found.version }, 'resident keys are hashed with another secret from now on');
      warnOfReaders(log, file);
    });
    // Said once, not at every look.
    if (reason !== lastReason && reason !== undefined) {
      log.error({ reason }, 'the secret of resident keys stays as it was');
    }
    lastReason = reason;
  };
  const timer = setInterval(reload, POLL).unref();
  return { hash: (residentKey) => hash(residentKey), close: () => clearInterval(timer) };
}

function refuseAnother(found: ResidentKeySecret, current: ResidentKeySecret): void {
  if (found.secret.equals(current.secret)) return;
  throw new ConfigError([`RESIDENT_KEY_SECRET_FILE has another secret of version ${found.version}`]);
}

function reasonOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function warnOfReaders(log: Logger, file: string): void {
  if (isReadableByOthers(file)) {
    log.warn('everyone on this machine may read the secret of resident keys: chmod 600 its file');
  }
}
