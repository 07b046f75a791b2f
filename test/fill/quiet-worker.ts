/** What a worker of the calculator holds, on a database that no stream feeds. */
import {
  Codes,
  connect,
  Groups,
  openEpoch,
  openSession,
  readPositions,
  readSettings,
} from '@effectstroom/database';
import { createLog } from '@effectstroom/runtime';
import { sql } from 'kysely';
import { ErasedCases } from '../../services/calculator/src/erasures/erased-cases.ts';
import { SettingsBook } from '../../services/calculator/src/settings-book.ts';
import type { WorkerState } from '../../services/calculator/src/worker-state.ts';

export const PARTITIONS = 4;

/** No settings have a higher number. */
const ANY_NUMBER = 2n ** 63n - 1n;

/** Opens the database, works and closes it. @param createdAt of the stream that is invented, RFC 3339 */
export async function withQuietWorker<T>(
  url: string,
  createdAt: string,
  work: (state: WorkerState) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const stop = new AbortController();
  const session = await openSession({ url, applicationName: 'fill' }, (error) => stop.abort(error));
  const reads = connect({ url, applicationName: 'fill', connectionsMax: 1 });
  try {
    await sql`SET synchronous_commit = off`.execute(session.db);
    const stream = { createdAt, partitions: PARTITIONS };
    const epoch = await openEpoch(session.db, stream);
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    return await work({
      ...{ session, reads, stream, epoch },
      stop: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
      positions: await readPositions(session.db, partitions, epoch),
      book: new SettingsBook(await readSettings(session.db, ANY_NUMBER)),
      groups: new Groups(),
      organisations: new Codes('organisation'),
      sources: new Codes('source'),
      erased: await ErasedCases.read(session.db),
      log: createLog('fill', 'warn'),
    });
  } finally {
    await session.close();
    await reads.destroy();
  }
}
