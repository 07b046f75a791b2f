import { KEY_PREFIX, type Scope } from '@effectstroom/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import type { KeyConfig } from './config.ts';
import { KeyBucket } from './key-bucket.ts';
import { stateOf } from './key-entry.ts';
import { openKeyFile } from './key-file.ts';
import type { StoredKey } from './key-table.ts';
import { type Key, keyOfGrant, sha256 } from './keys.ts';
import type { Logger } from './log.ts';
import { isToken, tokenVerifier } from './oauth.ts';
import { TokenBuckets } from './rate-limit.ts';
import { RefusedAccess } from './refused-access.ts';

/** Why a text opens nothing. `id` is that of the key that it is, or was, a text of. */
export interface Unusable {
  why: 'unknown' | 'invalid-token' | 'replaced' | 'expired' | 'revoked' | 'cannot-tell';
  id?: string;
}

/** What a text of a key stands for. */
export type Found = { key: Key; unusable?: undefined } | { unusable: Unusable; key?: undefined };

/** The keys that a service knows, and what it remembers of who uses them. */
export interface KeyRing {
  /** What this text stands for. `isLocal`: the request came straight from this machine. */
  find(text: string, isLocal: boolean): Found | Promise<Found>;
  /** The key of this id, also where it no longer works; those of tokens are not remembered. */
  byId(id: string): Key | undefined;
  /** The keys of the bucket. */
  readonly bucket: KeyBucket;
  /** Follows the bucket over a connection, once. */
  use(connection: NatsConnection): Promise<void>;
  /** Undefined where every key can be judged; else why not. */
  check(): string | undefined;
  /** Reads the file again. Keys that cannot be read change nothing; the log says so. */
  reload(): void;
  close(): void;
  /** Requests of each key, and unknown keys of each origin. */
  readonly rates: { keys: TokenBuckets; unknown: TokenBuckets; unknownPerMinute: number };
  readonly refused: RefusedAccess;
}

/** Unknown keys that an address may try in a minute before it is told to wait. */
const UNKNOWN_PER_MINUTE = 60;

/** The keys of the local stack; the one that reads sees single cases too. */
const LOCAL_SCOPES: Readonly<Record<string, readonly Scope[]>> = {
  'local-ingest': ['ingest'],
  'local-admin': ['admin'],
  'local-read': ['read', 'detail'],
};

const LOCAL_KEYS: ReadonlyMap<string, Key> = new Map(
  Object.entries(LOCAL_SCOPES).map(([id, scopes]) => [
    sha256(id),
    keyOfGrant({ id, name: id, scopes, organisations: ['*'], sources: ['*'] }),
  ]),
);

/**
 * The keys of a service: those of the bucket, of the file, of the local stack where they are on, and tokens of
 * an OAuth issuer. Throws where the file cannot be used at the start. A key is found by its hash: how long that
 * takes says nothing about keys that exist.
 */
export function createKeyRing(log: Logger, config: KeyConfig): KeyRing {
  const file = openKeyFile(log, config.KEYS_FILE);
  const bucket = new KeyBucket(log);
  const verify = verifierOf(log, config);
  const refused = new RefusedAccess(log);
  if (file.size() === 0 && !config.LOCAL_KEYS && verify === undefined) {
    log.info('only keys of the bucket open anything: to make the first one, put an admin key in KEYS_FILE');
  }

  const findText = (text: string, isLocal: boolean): Found => {
    const hash = sha256(text);
    const key = file.find(hash) ?? (config.LOCAL_KEYS && isLocal ? LOCAL_KEYS.get(hash) : undefined);
    if (key !== undefined) return { key };
    const stored = bucket.find(hash);
    if (stored !== undefined) return judge(stored, hash, bucket);
    const mayBeOfBucket = text.startsWith(KEY_PREFIX) && !bucket.isRead;
    return { unusable: { why: mayBeOfBucket ? 'cannot-tell' : 'unknown' } };
  };
  const findToken = async (text: string): Promise<Found> => {
    const key = await verify?.(text);
    if (key === 'away') return { unusable: { why: 'cannot-tell' } };
    return key === undefined ? { unusable: { why: 'invalid-token' } } : { key };
  };
  return {
    find: (text, isLocal) =>
      verify !== undefined && isToken(text) ? findToken(text) : findText(text, isLocal),
    byId: (id) => file.byId(id) ?? bucket.byId(id)?.key,
    bucket,
    use: (connection) => bucket.use(connection),
    check: () => bucket.check(),
    reload: () => file.reload(),
    close: () => {
      file.close();
      bucket.close();
      refused.flush();
    },
    rates: {
      keys: new TokenBuckets(),
      unknown: new TokenBuckets(),
      unknownPerMinute: config.UNKNOWN_KEYS_PER_MINUTE ?? UNKNOWN_PER_MINUTE,
    },
    refused,
  };
}

function verifierOf(log: Logger, { OAUTH_ISSUER, OAUTH_AUDIENCE, OAUTH_JWKS_URL }: KeyConfig) {
  if (OAUTH_ISSUER === undefined || OAUTH_AUDIENCE === undefined) return undefined;
  return tokenVerifier(log, { issuer: OAUTH_ISSUER, audience: OAUTH_AUDIENCE, jwksUrl: OAUTH_JWKS_URL });
}

function judge(stored: StoredKey, hash: string, bucket: KeyBucket): Found {
  const { entry, key } = stored;
  const now = Date.now();
  const state = stateOf(entry, now);
  if (state !== 'active') return { unusable: { why: state, id: entry.id } };
  const until = entry.hashes.find(({ sha256: one }) => one === hash)?.until;
  if (until !== undefined && Date.parse(until) <= now) return { unusable: { why: 'replaced', id: entry.id } };
  bucket.touch(stored, dayAt(now));
  return { key };
}

const DAY = 24 * 60 * 60 * 1000;
let day = { number: -1, text: '' };

/** The day in UTC; made once a day, because every request asks for it. */
function dayAt(now: number): string {
  const number = Math.floor(now / DAY);
  if (number !== day.number) day = { number, text: new Date(now).toISOString().slice(0, 10) };
  return day.text;
}
