/**
 * The worker: holds partitions by their locks and applies the stream to them, batch by batch. Whatever fails, it
 * lets go of everything and starts again from the positions in PostgreSQL.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, joinWorkers, newestEpoch, openSession, type Session } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import { BatchLine } from './batch-line.ts';
import type { CaseStream } from './case-stream.ts';
import type { RawMessage } from './decode.ts';
import {
  IDLE_MS,
  LEASE_MS,
  OWNERSHIP_MS,
  RESTART_MS_MAX,
  RESTART_MS_MIN,
  STALLED_MS,
  UPGRADE_MS,
  WAITING_MS,
} from './limits.ts';
import { lookAround } from './look-around.ts';
import { keepShare, leastSequence, takePartitions, takeUp } from './partitions.ts';
import { applySettings } from './revalue.ts';
import type { StreamReader } from './stream-reader.ts';
import { needsUpgrade, upgradePage } from './upgrade.ts';
import type { WorkerState } from './worker-state.ts';

export interface WorkerOptions {
  databaseUrl: string;
  /** Partitions that this worker takes at most, so that several workers can share the stream. */
  partitionsMax: number;
  /** Opens the stream: JetStream may not be there yet. */
  openStream: () => Promise<CaseStream>;
  log: Logger;
  /** Told when the worker takes up partitions, waits for some, or fails. */
  onState: (state: WorkerHealth) => void;
}

export interface WorkerHealth {
  running: boolean;
  partitions: readonly number[];
}

/** Runs until the signal; never throws. */
export async function runWorker(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  let restartMs = RESTART_MS_MIN;
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      await workOnce(options, signal);
    } catch (error) {
      options.onState({ running: false, partitions: [] });
      if (signal.aborted) return;
      if (performance.now() - startedAt > 10 * RESTART_MS_MAX) restartMs = RESTART_MS_MIN;
      options.log.warn({ err: error, restartMs }, 'worker starts again');
      await sleep(restartMs, undefined, { signal }).catch(() => undefined);
      restartMs = Math.min(restartMs * 2, RESTART_MS_MAX);
    }
  }
}

async function workOnce(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const stream = await options.openStream();
  const { databaseUrl } = options;
  const lost = new AbortController();
  const lease = { url: databaseUrl, applicationName: 'calculator', leaseMs: LEASE_MS };
  const session = await openSession(lease, (error) => lost.abort(error));
  const stop = AbortSignal.any([signal, lost.signal]);
  const reads = connect({ url: databaseUrl, applicationName: 'calculator reads', connectionsMax: 1 });
  try {
    let held = await waitForPartitions(options, stream, session, stop);
    stop.throwIfAborted();
    while (!stop.aborted) {
      options.log.info({ partitions: held }, 'worker holds partitions');
      const state = await takeUp({ log: options.log, session, reads, stop }, stream, held);
      const reading = { partitions: state.stream.partitions, own: new Set(held) };
      const reader = await stream.read(leastSequence(state.positions), reading);
      try {
        options.onState({ running: true, partitions: held });
        held = await work(options, stream, state, reader, stop);
      } finally {
        await reader.close();
      }
    }
  } finally {
    await session.close();
    await reads.destroy();
  }
}

/** Takes what is free, within the worker's share; waits while nothing is. */
async function waitForPartitions(
  { partitionsMax, onState }: WorkerOptions,
  stream: CaseStream,
  session: Session,
  stop: AbortSignal,
): Promise<number[]> {
  await joinWorkers(session.db);
  while (!stop.aborted) {
    const { partitions } = await stream.identity();
    const held = await takePartitions(session.db, partitions, partitionsMax);
    if (held.length > 0) return held;
    onState({ running: true, partitions: [] });
    await sleep(WAITING_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return [];
}

/** @returns the partitions to go on with, once it must be begun anew, or at the stop */
async function work(
  { partitionsMax }: WorkerOptions,
  stream: CaseStream,
  state: WorkerState,
  reader: StreamReader,
  stop: AbortSignal,
): Promise<number[]> {
  const line = new BatchLine(state);
  let ownershipAt = performance.now();
  let upgradedAt = ownershipAt;
  let arrivedAt = ownershipAt;
  while (!stop.aborted) {
    const messages = await reader.take(IDLE_MS);
    if (stream.isReconnected()) throw new Error('nats-server was away: the stream may have lost its end');
    if (messages.length > 0) await applyInOrder(state, line, messages);
    else await line.settle();
    if (messages.length > 0 || (await lookAround(stream, state))) arrivedAt = performance.now();
    else if (performance.now() - arrivedAt > STALLED_MS) {
      state.log.warn('messages wait in the stream and do not arrive: it is read again from here');
      return state.positions.map(({ partition }) => partition);
    }
    if (needsUpgrade(state) && performance.now() - upgradedAt > UPGRADE_MS) {
      upgradedAt = performance.now();
      await line.settle();
      await upgradePage(state);
    }
    if (performance.now() - ownershipAt > OWNERSHIP_MS) {
      ownershipAt = performance.now();
      await line.settle();
      if ((await newestEpoch(state.session.db)) !== state.epoch)
        throw new Error('Another worker began a new epoch');
      const held = await keepShare(partitionsMax, state);
      if (held !== undefined) return held;
    }
  }
  await line.settle();
  if (stop.reason instanceof Error && stop.reason.name !== 'AbortError') throw stop.reason;
  return [];
}

/** Applies messages in the order of the stream: cases in batches, each settings message by itself. */
async function applyInOrder(
  state: WorkerState,
  line: BatchLine,
  messages: readonly RawMessage[],
): Promise<void> {
  let batch: RawMessage[] = [];
  for (const message of messages) {
    const settings = line.settingsOf(message);
    if (settings === undefined) {
      batch.push(message);
      continue;
    }
    await line.apply(batch);
    await line.settle();
    batch = [];
    await applySettings(state, settings);
  }
  await line.apply(batch);
}
