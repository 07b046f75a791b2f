/** Makes the kept data anew with the earlier version, from git: `node test/upgrade/previous/make.ts`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@effectstroom/database';
import { sql } from 'kysely';
import { previousCommit, previousVersion } from '../../faults/kinds/previous-version.ts';
import { Administrator } from '../../faults/load/administrator.ts';
import { chunkOf } from '../../faults/load/invented-chunk.ts';
import { World } from '../../faults/world.ts';
import { KEYS } from '../../faults/world-parts.ts';
import { pendingOf } from '../../harness/pending.ts';
import { eventsRequest, post } from '../../harness/post.ts';
import type { SentEvent } from '../../harness/sent.ts';
import { until } from '../../harness/until.ts';
import { KEPT_FILE, packed, readTables } from './kept-data.ts';

const SEED = 4;
const CHUNKS = 2;
const BATCH = 50;

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-previous-'));
const tell = (line: string) => void process.stderr.write(`${line}\n`);
try {
  await make();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function make(): Promise<void> {
  const options = { faults: [previousVersion], place: 'here', folder, longestMs: 0, tell } as const;
  const world = await World.start(options, new AbortController().signal);
  const db = connect({ url: world.databaseUrl, applicationName: 'kept data' });
  try {
    const administrator = new Administrator(world.ingestUrl, SEED);
    administrator.want(0);
    await administrator.run(AbortSignal.abort());
    const events = await send(world.ingestUrl);
    const isIn = async () => (await pendingOf(world.urlOf('portal'), KEYS.read)) === 0;
    await until(isIn, 'everything is in the totals');
    const { rows } = await sql<{ name: string }>`SELECT name FROM migration ORDER BY 1`.execute(db);
    const { programmes, priceLists } = administrator.book;
    const data = packed({
      commit: previousCommit(),
      migrations: rows.map(({ name }) => name),
      tables: await readTables(db),
      events,
      programmes: [...programmes],
      priceLists: [...priceLists],
    });
    writeFileSync(KEPT_FILE, data);
    tell(`${events.length} events, ${data.length} bytes in ${KEPT_FILE}`);
  } finally {
    await db.destroy();
    await world.end();
  }
}

async function send(url: string): Promise<SentEvent[]> {
  const all: SentEvent[] = [];
  for (let number = 0; number < CHUNKS; number++) {
    const { events, conflicts } = chunkOf(SEED, 0, number);
    all.push(...events, ...conflicts);
  }
  for (let at = 0; at < all.length; at += BATCH) {
    const status = await post(url, eventsRequest(KEYS.ingest, all.slice(at, at + BATCH)));
    if (status !== 202) throw new Error(`a request is answered with ${status}`);
  }
  return all;
}
