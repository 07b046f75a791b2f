/** Saves a stream to a file, by nats-server's own snapshot (ADR: JetStream API, STREAM.SNAPSHOT). */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createInbox, type NatsConnection } from '@nats-io/nats-core';
import { askApi, SNAPSHOT_SILENCE_MS, SnapshotFault } from './snapshot-api.ts';

/** What nats-server says of a stream when it is saved; the same is needed to put it back. */
export interface SavedStream {
  config: { name: string };
  state: { messages: number; bytes: number; first_seq: number; last_seq: number };
}

const CHUNK_BYTES = 128 * 1024;

/**
 * Saves the stream as it is when this is called; messages go on coming in meanwhile. What waits in memory is one
 * chunk: the next is asked for when the one before is written.
 *
 * @param file made anew; on disk when this is done
 * @throws SnapshotFault where there is no such stream, or nats-server stops sending
 */
export async function saveStream(
  connection: NatsConnection,
  name: string,
  file: string,
): Promise<SavedStream & { fileBytes: number }> {
  const inbox = createInbox();
  const chunks = connection.subscribe(inbox, { timeout: SNAPSHOT_SILENCE_MS });
  const out = createWriteStream(file, { flush: true, mode: 0o600 });
  const written = finished(out);
  written.catch(() => undefined); // looked at below
  let fileBytes = 0;
  try {
    // Messages and not the readers of them: their positions are in PostgreSQL. Checked by their checksums first.
    const asked = { deliver_subject: inbox, no_consumers: true, chunk_size: CHUNK_BYTES, jsck: true };
    const saved = (await askApi(connection, `STREAM.SNAPSHOT.${name}`, asked)) as SavedStream;
    for await (const chunk of chunks) {
      const { data, headers } = chunk;
      if (data.length === 0) {
        if (headers !== undefined && headers.code >= 300) throw new SnapshotFault(name, headers.description);
        break;
      }
      fileBytes += data.length;
      if (!out.write(data)) await Promise.race([once(out, 'drain'), written]);
      chunk.respond();
    }
    out.end();
    await written;
    const { config, state } = saved;
    return { config, state, fileBytes };
  } catch (error) {
    out.destroy();
    throw error instanceof SnapshotFault ? error : new SnapshotFault(name, error);
  } finally {
    chunks.unsubscribe();
  }
}
