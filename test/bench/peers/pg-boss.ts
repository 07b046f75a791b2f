/**
 * pg-boss: a job per event. Workers fetch jobs by the batch, do each in a transaction of its own, and
 * complete the batch.
 */
import type { CaseEvent } from '@effectstroom/contracts';
import { type Job, PgBoss } from 'pg-boss';
import { pooled } from '../fresh-database.ts';
import { PEER_CONNECTIONS, type Peer, PeerProgress, type PeerWork } from './peer.ts';
import { recordAndApply } from './peer-event.ts';
import { until } from './until.ts';

const QUEUE = 'events';
/** Jobs of one fetch and of one completion. */
const BATCH = 50;
const INSERTED_AT_ONCE = 1_000;
/** For fetching and completing; the work has connections of its own. */
const QUEUE_CONNECTIONS = 4;

export const pgBoss: Peer = {
  name: 'pg-boss, a job per event',
  inFlight: PEER_CONNECTIONS,
  hasQueue: true,
  prepare: insertJobs,
  work,
};

function bossOf(url: string): PgBoss {
  return new PgBoss({ connectionString: url, max: QUEUE_CONNECTIONS, supervise: false, schedule: false });
}

async function insertJobs(url: string, texts: readonly string[]): Promise<void> {
  const boss = bossOf(url);
  boss.on('error', () => undefined); // the call that failed says so
  try {
    await boss.start();
    await boss.createQueue(QUEUE);
    for (let from = 0; from < texts.length; from += INSERTED_AT_ONCE)
      await boss.insert(
        QUEUE,
        texts.slice(from, from + INSERTED_AT_ONCE).map((text) => ({ data: JSON.parse(text) as CaseEvent })),
      );
  } finally {
    await boss.stop();
  }
}

async function work({ url, texts, ...given }: PeerWork): Promise<number[]> {
  const pool = pooled(url, PEER_CONNECTIONS);
  const boss = bossOf(url);
  const progress = new PeerProgress(given);
  let failed: unknown;
  boss.on('error', (error) => {
    failed ??= error;
  });
  const handle = async ({ data }: Job<CaseEvent>) => {
    const event = progress.read(data);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await recordAndApply(client, event, JSON.stringify(data));
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    progress.done();
  };
  try {
    await boss.start();
    const options = { batchSize: BATCH, localConcurrency: PEER_CONNECTIONS, burstWhenBatchFull: true };
    await boss.work<CaseEvent>(QUEUE, options, async (jobs) => {
      for (const job of jobs) await handle(job);
    });
    await until(() => failed !== undefined || progress.isTimeUp || progress.count >= texts.length);
  } finally {
    await boss.stop({ graceful: true });
    await pool.end();
  }
  if (failed !== undefined) throw failed;
  return progress.moments;
}
