/** What may happen to the stream itself. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { type Pipeline, STREAM } from './pipeline.ts';

/** The stream is gone; the next who publishes makes it anew. */
export async function deleteStream({ connection }: Pipeline): Promise<void> {
  const { streams } = await jetstreamManager(connection);
  await streams.delete(STREAM);
}

function foldersOf({ folder }: Pipeline): { store: string; copy: string } {
  return { store: join(folder, 'nats', 'jetstream'), copy: join(folder, 'older-copy') };
}

/** Keeps a copy of the stream as it is. */
export async function keepStream(pipeline: Pipeline): Promise<void> {
  const { store, copy } = foldersOf(pipeline);
  await pipeline.nats.stop();
  rmSync(copy, { recursive: true, force: true });
  cpSync(store, copy, { recursive: true });
  await pipeline.nats.start();
}

/** Puts the copy in the place of the stream, which loses what came after it. */
export async function putStreamBack(pipeline: Pipeline): Promise<void> {
  const { store, copy } = foldersOf(pipeline);
  await pipeline.nats.stop();
  rmSync(store, { recursive: true });
  cpSync(copy, store, { recursive: true });
  await pipeline.nats.start();
}
