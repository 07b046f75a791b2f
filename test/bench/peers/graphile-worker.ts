/**
 * graphile-worker: a job per event, fetched ahead into a local queue and completed by the batch. Its
 * connections are given to it: those that it makes itself are still ending when it says that it stopped, and
 * nobody hears them fail.
 */
import type { CaseEvent } from '@effectstroom/contracts';
import { Logger, makeWorkerUtils, run, type TaskList } from 'graphile-worker';
import { pooled } from '../fresh-database.ts';
import { PEER_CONNECTIONS, type Peer, PeerProgress, type PeerWork } from './peer.ts';
import { recordAndApply } from './peer-event.ts';
import { until } from './until.ts';

const TASK = 'event';
/** Jobs that are fetched ahead. */
const AHEAD = 500;
const ADDED_AT_ONCE = 1_000;
/** For fetching and completing jobs and for hearing of new ones, beside the work. */
const QUEUE_CONNECTIONS = 4;

const logger = new Logger(() => () => undefined);

export const graphileWorker: Peer = {
  name: 'graphile-worker, a job per event',
  inFlight: PEER_CONNECTIONS,
  hasQueue: true,
  prepare: addJobs,
  work,
};

async function work({ url, texts, ...given }: PeerWork): Promise<number[]> {
  const progress = new PeerProgress(given);
  const taskList: TaskList = {
    [TASK]: async (payload, { withPgClient }) => {
      const event = progress.read(payload as CaseEvent);
      await withPgClient(async (client) => {
        await client.query('BEGIN');
        await recordAndApply(client, event, JSON.stringify(payload));
        await client.query('COMMIT');
      });
      progress.done();
    },
  };
  const worker = {
    ...{ concurrentJobs: PEER_CONNECTIONS, logger },
    ...{ localQueue: { size: AHEAD }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
  };
  const pgPool = pooled(url, PEER_CONNECTIONS + QUEUE_CONNECTIONS);
  let failed: unknown;
  try {
    const runner = await run({ pgPool, preset: { worker }, taskList, noHandleSignals: true });
    runner.events.on('job:error', ({ error }) => {
      failed ??= error;
    });
    await until(() => failed !== undefined || progress.isTimeUp || progress.count >= texts.length).finally(
      () => runner.stop(),
    );
  } finally {
    await pgPool.end();
  }
  if (failed !== undefined) throw failed;
  return progress.moments;
}

async function addJobs(url: string, texts: readonly string[]): Promise<void> {
  const pgPool = pooled(url, 1);
  try {
    const utils = await makeWorkerUtils({ pgPool, logger });
    await utils.migrate();
    for (let from = 0; from < texts.length; from += ADDED_AT_ONCE) {
      const part = texts.slice(from, from + ADDED_AT_ONCE);
      await utils.addJobs(part.map((text) => ({ identifier: TASK, payload: JSON.parse(text) })));
    }
    await utils.release();
  } finally {
    await pgPool.end();
  }
}
