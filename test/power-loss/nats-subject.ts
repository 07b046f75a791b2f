/** Whether nats-server still has what ingest answered 202 for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { type Nats, type NatsProgram, startNats, startService } from '@effectstroom/infra';
import { connectNats, createLog, type NatsConnection } from '@effectstroom/runtime';
import { DeliverPolicy, JetStreamApiError, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { serviceFiles } from '../harness/service-files.ts';
import { eventsToIngest, Load, numbersIn } from './acknowledged.ts';
import { type Begun, endAll, type Subject } from './subject.ts';

/** JetStream's code for a stream that it does not have. */
const STREAM_NOT_FOUND = 10_059;
/** Milliseconds without a further message of those that it says it has. */
const SILENCE_MS = 10_000;

/** Ingest and a nats-server with or without `sync_interval: always`. */
export function natsSubject(program: NatsProgram, syncsAlways: boolean, seed: number): Subject {
  const nats = (disk: string, signal: AbortSignal) =>
    startNats({ folder: join(disk, 'nats'), program, syncsAlways, signal });
  return {
    name: `nats-server ${program.version.join('.')}`,
    setting: syncsAlways ? '`sync_interval: always`' : '`sync_interval: 2m`, its default',
    mayLose: !syncsAlways,
    begin: async (disk, signal) => begin(await nats(disk, signal), seed, signal),
    found: async (disk, signal) => {
      const server = await nats(disk, signal);
      try {
        return await withConnection(server, foundIn);
      } finally {
        await server.stop();
      }
    },
  };
}

async function begin(nats: Nats, seed: number, signal: AbortSignal): Promise<Begun> {
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-power-ingest-'));
  const stops: (() => unknown)[] = [
    () => rmSync(folder, { recursive: true, force: true }),
    () => nats.stop(),
  ];
  try {
    const env = { NATS_URL: nats.url, ...serviceFiles(folder) };
    const ingest = await startService({ name: 'ingest', folder, env, signal });
    stops.push(() => ingest.stop());
    const load = new Load(eventsToIngest(ingest.url, seed));
    stops.push(() => load.stop());
    return { pids: [nats.pid], load, stop: () => endAll(stops) };
  } catch (error) {
    await endAll(stops);
    throw error;
  }
}

async function withConnection<T>(nats: Nats, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const connection = await connectNats(createLog('power-loss', 'error'), nats.url, 'power-loss');
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** The numbers of all events in the stream; undefined where there is no stream. */
export async function foundIn(connection: NatsConnection): Promise<Set<number> | undefined> {
  const manager = await jetstreamManager(connection);
  const info = await manager.streams.info(STREAM).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return undefined;
    throw error;
  });
  if (info === undefined) return undefined;
  const found = new Set<number>();
  let left = info.state.messages;
  const consumer = await jetstream(connection).consumers.get(STREAM, { deliver_policy: DeliverPolicy.All });
  while (left > 0) {
    const before = left;
    const messages = await consumer.fetch({ max_messages: Math.min(left, 1_000), expires: SILENCE_MS });
    for await (const message of messages) {
      left--;
      for (const number of numbersIn(message.string())) found.add(number);
    }
    // It counts messages that it cannot give: those are as good as lost.
    if (left === before) break;
  }
  return found;
}
