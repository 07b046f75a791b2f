import { createHash } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { z } from 'zod';
import type { Logger } from './log.ts';

/** What a key lets its holder do. `admin` may do all the others do. */
const SCOPES = ['ingest', 'admin', 'read'] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** What a key may do and to whose data it is held. */
export interface Key {
  name: string;
  hasScope(scope: Scope): boolean;
  /** Whether data of this organisation may be written or read. */
  coversOrganisation(organisation: string): boolean;
  /** Whether events of this source may be written. */
  coversSource(source: string): boolean;
  /** Organisations it is held to; undefined where it is held to none. */
  organisations: readonly string[] | undefined;
}

/** The keys that a service knows. */
export interface KeyRing {
  /** The key whose text this is. `isLocal`: the request came straight from this machine. */
  find(text: string, isLocal: boolean): Key | undefined;
  /** Reads the file again. Keys that cannot be read change nothing; the log says so. */
  reload(): void;
  close(): void;
}

const pattern = z.string().min(1).max(512);
const keyFileSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100),
        /** SHA-256 of the key in hexadecimal: `printf %s "$KEY" | sha256sum`. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        scopes: z.array(z.enum(SCOPES)).min(1),
        /** Slugs, or `*` for all. */
        organisations: z.array(pattern),
        /** Sources, exact or the start of one followed by `*`. */
        sources: z.array(pattern),
      }),
    )
    .max(10_000),
});

type KeyEntry = z.infer<typeof keyFileSchema>['keys'][number];

const LOCAL_KEYS: ReadonlyMap<string, Key> = new Map(
  SCOPES.map((scope) => {
    const name = `local-${scope}`;
    return [sha256(name), keyOf({ name, sha256: '', scopes: [scope], organisations: ['*'], sources: ['*'] })];
  }),
);

/** How often a changed key file is looked for, in milliseconds. */
const POLL = 1000;

/**
 * Keys from a file, read again when it changes and at SIGHUP, and the three keys of the local stack where
 * `localKeys` is on. Throws where the file cannot be used at the start. A key is found by its hash: how long
 * that takes says nothing about keys that exist.
 */
export function createKeyRing(log: Logger, file: string | undefined, localKeys: boolean): KeyRing {
  let keys: ReadonlyMap<string, Key> = file === undefined ? new Map() : readKeyFile(file);
  const reload = (): void => {
    if (file === undefined) return;
    try {
      keys = readKeyFile(file);
      log.info({ keys: keys.size }, 'read the keys again');
    } catch (error) {
      log.error({ reason: String(error) }, 'the key file cannot be used: the keys stay as they were');
    }
  };
  if (file !== undefined) {
    watchFile(file, { interval: POLL, persistent: false }, reload);
    process.on('SIGHUP', reload);
  }
  return {
    find: (text, isLocal) => {
      const hash = sha256(text);
      return keys.get(hash) ?? (localKeys && isLocal ? LOCAL_KEYS.get(hash) : undefined);
    },
    reload,
    close: () => {
      if (file === undefined) return;
      unwatchFile(file, reload);
      process.off('SIGHUP', reload);
    },
  };
}

function readKeyFile(file: string): ReadonlyMap<string, Key> {
  const checked = keyFileSchema.safeParse(parseKeyFile(file));
  if (!checked.success) {
    const places = checked.error.issues.map((issue) => `/${issue.path.join('/')}`);
    throw new Error(`the key file is not right at ${places.join(', ')}`);
  }
  return new Map(checked.data.keys.map((entry) => [entry.sha256, keyOf(entry)]));
}

function parseKeyFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : String(error);
    throw new Error(`the key file cannot be read: ${reason}`);
  }
}

function keyOf(entry: KeyEntry): Key {
  const scopes = new Set(entry.scopes);
  const organisations = new Set(entry.organisations);
  const exact = new Set(entry.sources);
  const starts = entry.sources.filter((source) => source.endsWith('*')).map((source) => source.slice(0, -1));
  return {
    name: entry.name,
    hasScope: (scope) => scopes.has(scope) || scopes.has('admin'),
    coversOrganisation: (organisation) => organisations.has(organisation) || organisations.has('*'),
    coversSource: (source) => exact.has(source) || starts.some((start) => source.startsWith(start)),
    organisations: organisations.has('*') ? undefined : [...organisations],
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
