/** A disk of its own under the files of a server, which can be filled without harm to anybody else. */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DiskImage } from '../../machines/disk-image.ts';
import type { WorldSetup } from '../fault.ts';

const run = promisify(execFile);

const DISK_BYTES = 6 * 2 ** 30;
const FILLER = 'filled';
/** As what ext4 gives out at a time. */
const BLOCK = Buffer.alloc(4_096, 'x');
const FILL_AGAIN_MS = 50;

/** Puts a disk under a folder of the run; what stands there already goes onto it. */
export async function putOnOwnDisk(setup: WorldSetup, name: 'postgres' | 'nats'): Promise<void> {
  const folder = join(setup.folder, name);
  const image = join(setup.folder, `${name}.img`);
  if (existsSync(image)) return; // another fault did
  const aside = `${folder}-aside`;
  await DiskImage.make(image, aside, DISK_BYTES);
  if (existsSync(folder)) await run('cp', ['--archive', `${folder}/.`, aside]);
  mkdirSync(folder, { recursive: true });
  await run('mount', ['--move', aside, folder]);
  setup.atEnd(async () => {
    await run('umount', [folder]);
    rmSync(image);
  });
}

/** Fills the disk under a folder and keeps it full for a time, also where its server makes room. */
export async function keepFull(folder: string, lastingMs: number, signal: AbortSignal): Promise<void> {
  const filler = join(folder, FILLER);
  const until = performance.now() + lastingMs;
  try {
    while (performance.now() < until) {
      await fill(folder, filler);
      await sleep(FILL_AGAIN_MS, undefined, { signal });
    }
  } finally {
    rmSync(filler, { force: true });
  }
}

async function fill(folder: string, filler: string): Promise<void> {
  const { bavail, bsize } = statfsSync(folder);
  const room = Number(bavail) * Number(bsize);
  const size = existsSync(filler) ? (await run('stat', ['--format=%s', filler])).stdout.trim() : '0';
  // It may take more than there is, for its own index of it: then less is tried, and the rest is written.
  for (let part = room; part > BLOCK.length; part = Math.floor(part / 2)) {
    const reserved = ['--offset', size, '--length', String(part), filler];
    if (await run('fallocate', reserved).then(isDone, isNot)) break;
  }
  for (let blocks = 0; blocks < 10_000 && appended(filler); blocks++);
}

const isDone = () => true;
const isNot = () => false;

/** Whether there was room for one block more. */
function appended(file: string): boolean {
  try {
    appendFileSync(file, BLOCK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}
