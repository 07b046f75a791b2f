import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { KEY_LIMITS, SCOPES } from '@effectstroom/contracts';
import { z } from 'zod';
import { type Key, keyOfGrant } from './keys.ts';
import type { Logger } from './log.ts';

const pattern = z.string().min(1).max(512);
const keyFileSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(KEY_LIMITS.nameLength),
        /** SHA-256 of the key in hexadecimal: `printf %s "$KEY" | sha256sum`. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        scopes: z.array(z.enum(SCOPES)).min(1),
        /** Slugs, or `*` for all. */
        organisations: z.array(pattern),
        /** Sources, exact or the start of one followed by `*`. */
        sources: z.array(pattern),
        /** Not limited where left out. */
        requestsPerMinute: z.int().min(1).max(KEY_LIMITS.requestsPerMinute).exactOptional(),
      }),
    )
    .max(10_000),
});

/** How often a changed key file is looked for, in milliseconds. */
const POLL = 1000;

/** The keys of a file; none where there is no file. */
export interface KeyFile {
  /** The key whose text has this hash. */
  find(hash: string): Key | undefined;
  byId(id: string): Key | undefined;
  /** How many there are. */
  size(): number;
  /** Reads the file again. Keys that cannot be read change nothing; the log says so. */
  reload(): void;
  close(): void;
}

/**
 * Reads the keys of a file, and again when it changes and at SIGHUP. Throws where it cannot be used at the
 * start.
 */
export function openKeyFile(log: Logger, file: string | undefined): KeyFile {
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
    find: (hash) => keys.get(hash),
    byId: (id) => [...keys.values()].find((key) => key.id === id),
    size: () => keys.size,
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
  return new Map(checked.data.keys.map((entry) => [entry.sha256, keyOfGrant({ ...entry, id: entry.name })]));
}

function parseKeyFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : String(error);
    throw new Error(`the key file cannot be read: ${reason}`);
  }
}
