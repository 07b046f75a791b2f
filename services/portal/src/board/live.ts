/** Tells pages that figures have changed, as server-sent events. */
import { hash } from 'node:crypto';
import type { Database } from '@effectstroom/database';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';

/** Pages that can listen at the same time, and of these with one key. */
const READERS_MAX = 200;
const READERS_OF_KEY_MAX = 50;

/** Milliseconds: between two looks, between two signs of life, and until a page must ask anew whether it may. */
const LOOK_EVERY = 500;
const BEAT_EVERY = 15_000;
const LISTEN_MAX = 15 * 60_000;

/** Milliseconds that a page waits before it listens again. */
const AGAIN = 2_000;

/** Where changes are heard of. */
export interface Changes {
  /** Names what the figures rest on now: another name, other figures. Throws where the database does not answer. */
  version(): Promise<string>;
  /**
   * Calls `tell` with the version now and after every change, until the function that it gives back is called; undefined where too many
   * listen already.
   */
  listen(tell: (version: string) => void): (() => void) | undefined;
}

/** Looks every half second how far the calculator is, and only while somebody listens. */
export function watchChanges(db: Kysely<Database>, readersMax = READERS_MAX): Changes {
  const readers = new Map<(version: string) => void, string | undefined>();
  let isLooking = false;
  const look = async (): Promise<void> => {
    try {
      const version = await readVersion(db);
      for (const [tell, told] of readers) {
        if (told === version) continue;
        readers.set(tell, version);
        tell(version);
      }
    } catch {
      // The pages say so themselves when they cannot be made; what changed meanwhile is told after.
    }
    isLooking = readers.size > 0;
    if (isLooking) setTimeout(look, LOOK_EVERY);
  };
  return {
    version: () => readVersion(db),
    listen: (tell) => {
      if (readers.size >= readersMax) return undefined;
      readers.set(tell, undefined);
      if (!isLooking) setTimeout(look, 0);
      isLooking = true;
      return () => readers.delete(tell);
    },
  };
}

/** What changes with every applied message, and while settings are applied. */
async function readVersion(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ progress: string | null }>`
    SELECT string_agg(concat_ws(':', partition, epoch, sequence, revaluation), ',' ORDER BY partition) AS progress
    FROM partition_position`.execute(db);
  return hash('sha256', rows[0]?.progress ?? '', 'base64url').slice(0, 16);
}

/** Adds `GET /live`. A message only names a version: what changed the page asks itself, with its own rights. */
export function addLiveRoute(app: FastifyInstance, changes: Changes): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const end of [...open]) end();
  });
  const ofKey = new Map<string, number>();
  app.get('/live', async (request, reply) => {
    const { raw } = reply;
    const { id } = keyOf(request);
    const others = ofKey.get(id) ?? 0;
    // Who left meanwhile is never heard of again.
    if (raw.destroyed) return reply.hijack();
    const send = (text: string): void => {
      // Who reads too slowly misses a message, and not the next.
      if (!raw.writableNeedDrain) raw.write(text);
    };
    const isRoom = others < READERS_OF_KEY_MAX;
    const stop = isRoom ? changes.listen((version) => send(`data: ${version}\n\n`)) : undefined;
    if (stop === undefined)
      throw new ProblemError(503, 'too many pages listen already', { 'retry-after': '60' });
    ofKey.set(id, others + 1);
    reply.hijack();
    const headers = Object.fromEntries(
      Object.entries(reply.getHeaders()).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    send(`retry: ${AGAIN}\n\n`);
    const beat = setInterval(() => send(': here\n\n'), BEAT_EVERY);
    const end = (): void => {
      raw.end();
    };
    const over = setTimeout(end, LISTEN_MAX);
    open.add(end);
    raw.once('close', () => {
      stop();
      const left = (ofKey.get(id) ?? 1) - 1;
      if (left > 0) ofKey.set(id, left);
      else ofKey.delete(id);
      clearInterval(beat);
      clearTimeout(over);
      open.delete(end);
    });
  });
}
