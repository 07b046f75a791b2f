/** What JetStream knows of the stream. */
import { setTimeout as sleep } from 'node:timers/promises';
import { STREAM } from '@effectstroom/contracts';
import { type JetStreamManager, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { isStreamNotFound } from './jetstream-errors.ts';
import type { NatsConnection } from './nats.ts';
import type { Silence } from './silence.ts';
import { asCaseStream } from './stream.ts';
import { doubtOf } from './stream-doubt.ts';

const ANSWER_MS_MAX = 2_000;
/** Also when nobody wants to know: keys are followed over the same connection, and one may be revoked. */
const EVERY_MS = 1_000;

/**
 * Undefined where there is no stream yet. Rejects where JetStream does not answer in time, where what it says counts for
 * nothing, and where the stream is not ours.
 */
export type AskStream = () => Promise<StreamInfo | undefined>;

/**
 * What asks over a connection, and by itself again and again until that is closed. Whether there is an answer is told to
 * `silence`, which leaves a nats-server that has none for a while.
 */
export async function streamAsker(connection: NatsConnection, silence: Silence): Promise<AskStream> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS_MAX });
  const ask: AskStream = async () => {
    const asked = performance.now();
    const info = await certainInfo(manager).catch((error: unknown) => {
      silence.failed(error, asked);
      throw error;
    });
    silence.end();
    if (info !== undefined) asCaseStream(info);
    return info;
  };
  void keepAsking(ask, connection);
  return ask;
}

async function certainInfo(manager: JetStreamManager): Promise<StreamInfo | undefined> {
  try {
    const info = await manager.streams.info(STREAM);
    const doubt = doubtOf(info);
    if (doubt !== undefined) throw new Error(doubt);
    return info;
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

async function keepAsking(ask: AskStream, connection: NatsConnection): Promise<void> {
  while (!connection.isClosed()) {
    await ask().catch(() => undefined);
    await sleep(EVERY_MS, undefined, { ref: false });
  }
}
