/**
 * The worker: holds partitions by their locks and applies the stream to them, batch by batch. Whatever fails, it
 * lets go of everything and starts again from the positions in PostgreSQL.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, moveKnownAt, newestEpoch, openSession, type Session } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { CaseMessage } from './apply.ts';
import { BatchLine } from './batch-line.ts';
import type { CaseStream } from './case-stream.ts';
import type { Decoded } from './decode.ts';
import { IDLE_MS, OWNERSHIP_MS, RESTART_MS_MAX, RESTART_MS_MIN, UPGRADE_MS } from './limits.ts';
import { leastSequence, passExpired, takeFreePartitions, takePartitions, takeUp } from './partitions.ts';
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
    const startedAt = Date.now();
    try {
      await workOnce(options, signal);
    } catch (error) {
      options.onState({ running: false, partitions: [] });
      if (signal.aborted) return;
      if (Date.now() - startedAt > 10 * RESTART_MS_MAX) restartMs = RESTART_MS_MIN;
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
  const session = await openSession({ url: databaseUrl, applicationName: 'calculator' }, (error) =>
    lost.abort(error),
  );
  const stop = AbortSignal.any([signal, lost.signal]);
  const reads = connect({ url: databaseUrl, applicationName: 'calculator reads', connectionsMax: 1 });
  try {
    const held = await waitForPartitions(options, stream, session, stop);
    stop.throwIfAborted();
    const state = await takeUp({ log: options.log, session, reads, stop }, stream, held);
    const reading = { partitions: state.stream.partitions, own: new Set(held) };
    const reader = await stream.read(leastSequence(state.positions), reading);
    try {
      options.onState({ running: true, partitions: held });
      await work(options, stream, state, reader, stop);
    } finally {
      await reader.close();
    }
  } finally {
    await session.close();
    await reads.destroy();
  }
}

/** Takes what is free, at most the worker's share; waits while nothing is. */
async function waitForPartitions(
  { partitionsMax, log, onState }: WorkerOptions,
  stream: CaseStream,
  session: Session,
  stop: AbortSignal,
): Promise<number[]> {
  while (!stop.aborted) {
    const { partitions } = await stream.identity();
    const held = await takePartitions(session.db, partitions, partitionsMax);
    if (held.length > 0) {
      log.info({ partitions: held }, 'worker holds partitions');
      return held;
    }
    onState({ running: true, partitions: [] });
    await sleep(OWNERSHIP_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return [];
}

async function work(
  { partitionsMax }: WorkerOptions,
  stream: CaseStream,
  state: WorkerState,
  reader: StreamReader,
  stop: AbortSignal,
): Promise<void> {
  const line = new BatchLine(state);
  let ownershipAt = Date.now();
  let upgradedAt = ownershipAt;
  while (!stop.aborted) {
    const messages = await reader.take(IDLE_MS);
    if (stream.isReconnected()) throw new Error('nats-server was away: the stream may have lost its end');
    if (messages.length > 0) await applyInOrder(state, line, messages);
    else {
      await line.settle();
      await lookAround(stream, state);
    }
    if (needsUpgrade(state) && Date.now() - upgradedAt > UPGRADE_MS) {
      upgradedAt = Date.now();
      await line.settle();
      await upgradePage(state);
    }
    if (Date.now() - ownershipAt > OWNERSHIP_MS && state.positions.length < partitionsMax) {
      ownershipAt = Date.now();
      await line.settle();
      if ((await newestEpoch(state.session.db)) !== state.epoch)
        throw new Error('Another worker began a new epoch');
      await takeFreePartitions(partitionsMax, state);
    }
  }
  await line.settle();
  if (stop.reason instanceof Error && stop.reason.name !== 'AbortError') throw stop.reason;
}

/** While nothing arrives: is the stream still the one that is read, and is everything in? */
async function lookAround(stream: CaseStream, state: WorkerState): Promise<void> {
  const { createdAt } = await stream.identity();
  if (createdAt !== state.stream.createdAt) throw new Error('The stream was made anew');
  if ((await newestEpoch(state.session.db)) !== state.epoch)
    throw new Error('Another worker began a new epoch');
  const { first, last } = await stream.bounds();
  if (last < leastSequence(state.positions)) throw new Error('The stream lost messages that were applied');
  await passExpired(state, first);
  if (last !== leastSequence(state.positions)) return;
  while (needsUpgrade(state) && (await upgradePage(state))) {
    if ((await stream.bounds()).last !== last) return; // the rest waits until what arrived is in
  }
  await moveOn(state);
}

/** Nothing waits: everything up to now is in. */
async function moveOn(state: WorkerState): Promise<void> {
  const knownAt = await moveKnownAt(state.session.db, state.positions);
  state.positions = state.positions.map((position) =>
    position.knownAt < knownAt ? { ...position, knownAt } : position,
  );
}

/** Applies messages in the order of the stream: cases in batches, each settings message by itself. */
async function applyInOrder(
  state: WorkerState,
  line: BatchLine,
  messages: readonly Decoded[],
): Promise<void> {
  let batch: CaseMessage[] = [];
  for (const message of messages) {
    if (message.kind !== 'settings') {
      batch.push(message);
      continue;
    }
    await line.apply(batch);
    await line.settle();
    batch = [];
    await applySettings(state, message);
  }
  await line.apply(batch);
}
