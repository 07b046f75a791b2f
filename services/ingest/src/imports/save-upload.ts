import { open, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { ProblemError } from '@effectstroom/runtime';

/** Milliseconds in which something more of a file must arrive. */
const IDLE = 30_000;
/** Bytes between two looks at the room on disk. */
const LOOK_EVERY = 32 * 1024 * 1024;
/** Bytes that stay free. */
const RESERVE = 256 * 1024 * 1024;
/** A file, its rows by case and its report together take at most about this much of the file. */
const ROOM_PER_BYTE = 3;

/** How large a file may be. */
export interface UploadLimits {
  /** Bytes. */
  most: number;
  /** The header `content-length`, where there is one. */
  announced: string | undefined;
  /** Aborted when no more is to come in. */
  signal: AbortSignal;
}

/**
 * Writes what arrives to a new file, durably, without holding it in memory. Throws a problem: 400 where it
 * is empty or broken off, 413 where it is too large, 507 where there is no room; nothing is left then.
 */
export async function saveUpload(body: Readable, file: string, limits: UploadLimits): Promise<void> {
  const announced = Number(limits.announced ?? 0);
  if (announced > limits.most) throw tooLarge(limits);
  await expectRoom(file, announced * ROOM_PER_BYTE);
  try {
    if ((await write(body, file, limits)) === 0) throw new ProblemError(400, 'the file is empty');
  } catch (error) {
    await rm(file, { force: true });
    if (error instanceof ProblemError) throw error;
    if (body.errored !== null) throw new ProblemError(400, 'the file did not arrive whole: send it again');
    throw hasCode(error, 'ENOSPC') ? noRoom() : error;
  }
}

async function write(body: Readable, file: string, limits: UploadLimits): Promise<number> {
  const breakOff = (): void => {
    body.destroy(new Error('broken off'));
  };
  const idle = setTimeout(breakOff, IDLE);
  limits.signal.addEventListener('abort', breakOff);
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  let looked = 0;
  try {
    // The body is not destroyed where it is refused: the answer goes over the same connection.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      idle.refresh();
      bytes += chunk.length;
      if (bytes > limits.most) throw tooLarge(limits);
      await handle.writeFile(chunk);
      if (bytes - looked < LOOK_EVERY) continue;
      looked = bytes;
      await expectRoom(file, 0);
    }
    await handle.sync();
  } finally {
    clearTimeout(idle);
    limits.signal.removeEventListener('abort', breakOff);
    await handle.close();
  }
  return bytes;
}

async function expectRoom(file: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  if (bavail * bsize < bytes + RESERVE) throw noRoom();
}

function tooLarge({ most }: UploadLimits): ProblemError {
  return new ProblemError(413, `the file is too large: send at most ${most} bytes at a time`);
}

function noRoom(): ProblemError {
  return new ProblemError(507, 'there is no room for the file now: ask the manager of this installation');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
