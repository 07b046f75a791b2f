/** Puts a saved stream back, under its own name, with its sequences and the moment at which it was made. */
import { createReadStream } from 'node:fs';
import type { NatsConnection } from '@nats-io/nats-core';
import type { SavedStream } from './save-stream.ts';
import { askApi, checked, SNAPSHOT_SILENCE_MS, SnapshotFault } from './snapshot-api.ts';

const CHUNK_BYTES = 128 * 1024;

/**
 * @param file as `saveStream` made it
 * @throws SnapshotFault where a stream of the name is there, or the file is not whole: then nothing was put back
 */
export async function restoreStream(
  connection: NatsConnection,
  { config, state }: SavedStream,
  file: string,
): Promise<void> {
  const { name } = config;
  try {
    const asked = await askApi(connection, `STREAM.RESTORE.${name}`, { config, state });
    const { deliver_subject: inbox } = asked as { deliver_subject: string };
    const send = (data: Uint8Array) => connection.request(inbox, data, { timeout: SNAPSHOT_SILENCE_MS });
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
      const answer = await send(chunk as Buffer);
      if (answer.data.length > 0) checked(answer.json());
    }
    checked((await send(new Uint8Array())).json());
  } catch (error) {
    throw new SnapshotFault(name, error);
  }
}
