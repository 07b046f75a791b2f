import type { Status } from '@effectstroom/contracts';
import {
  eventPlace,
  inSnapshot,
  type Progress,
  type Readers,
  type ReadSource,
  readProgress,
} from '@effectstroom/database';
import { type Logger, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isMet, type StreamState, type StreamWatch } from '../stream.ts';

/** Adds `GET /v1/status`. */
export function addStatusRoute(
  app: FastifyInstance,
  { db, source }: Pick<Readers, 'db' | 'source'>,
  stream: StreamWatch,
  log: Logger,
): void {
  app.get('/v1/status', async () => {
    // The stream last: what was accepted before the question is then surely in its last sequence.
    const progress = await inSnapshot(db, readProgress);
    return { ...statusOf(progress, await readStream(stream, log)), database: databaseOf(await source()) };
  });
}

async function readStream(stream: StreamWatch, log: Logger): Promise<StreamState | undefined> {
  try {
    return await stream.read();
  } catch (error) {
    log.warn({ err: error }, 'the stream does not answer');
    throw new ProblemError(503, 'the stream cannot answer now: try again later', { 'retry-after': '2' });
  }
}

function databaseOf({ role, behindMs }: ReadSource): Status['database'] {
  return { role, behindSeconds: behindMs === undefined ? null : Math.ceil(behindMs / 1000) };
}

function statusOf(progress: Progress, stream: StreamState | undefined): Omit<Status, 'database'> {
  const last = stream?.lastSequence ?? 0n;
  const applied = stream === undefined || isMet(stream, progress) ? progress.sequence : 0n;
  return {
    stream: { lastSequence: Number(last) },
    applied: { sequence: Number(applied), pending: Number(last > applied ? last - applied : 0n) },
    quarantined: Number(progress.quarantined),
    newestEventAt: progress.newestEventAt,
    revaluations: progress.revaluations.map(({ partition, cursor }) => ({
      partition,
      sequence: Number(eventPlace(BigInt(cursor.number)).sequence),
      casesDone: cursor.done,
    })),
  };
}
