/** A disk of its own that can be looked at as it would be found after a power failure. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { isRoot, MachineLacks, missingPrograms, ROOT } from './machine-lacks.ts';

const run = promisify(execFile);

/** So often a copy during which something was written is made anew. */
const ATTEMPTS = 50;
/** Programs that are needed, by the package of Debian that has them. */
const PACKAGES = {
  ...{ 'mkfs.ext4': 'e2fsprogs', fallocate: 'util-linux', losetup: 'mount' },
  ...{ mount: 'mount', umount: 'mount' },
} as const;

/** @throws MachineLacks where this machine can have no disk of its own */
export function requireDisks(): void {
  const lacks = lacksForDisks();
  if (lacks.length > 0) throw new MachineLacks(lacks);
}

/** What this machine lacks for a disk of its own, each with how to get it. */
export function lacksForDisks(): string[] {
  const lacks = missingPrograms(PACKAGES);
  if (!isRoot()) return [...lacks, ROOT];
  const hasLoops = lacks.length > 0 || spawnSync('losetup', ['--find'], { stdio: 'ignore' }).status === 0;
  return hasLoops ? lacks : ['loop devices (modprobe loop, or a container that is given them)'];
}

/** An ext4 file system in a file, mounted from it: the file holds what a disk would hold. */
export class DiskImage {
  readonly folder: string;
  readonly #file: string;

  private constructor(file: string, folder: string) {
    this.#file = file;
    this.folder = folder;
  }

  /**
   * Makes an empty one; the file has holes where nothing was written. Needs root, and a mount namespace that
   * ends with the caller.
   */
  static async make(file: string, folder: string, bytes: number): Promise<DiskImage> {
    writeFileSync(file, '');
    truncateSync(file, bytes);
    // No part of it is kept for root.
    await run('mkfs.ext4', ['-q', '-F', '-m', '0', file]);
    return DiskImage.mount(file, folder);
  }

  /** Mounts one that was written before; ext4 replays its journal, as after any power failure. */
  static async mount(file: string, folder: string): Promise<DiskImage> {
    mkdirSync(folder, { recursive: true });
    await run('mount', ['-o', 'loop', file, folder]);
    return new DiskImage(file, folder);
  }

  /**
   * Copies what reached the disk, and nothing that still waits in the memory of the kernel: what would be
   * found if the power failed now. The disk is taken to keep what it was given, also without being told to
   * flush.
   *
   * @throws Error where the disk was never quiet for as long as a copy takes
   */
  async copyAsHeld(target: string): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = this.#written();
      await run('cp', ['--sparse=always', '--reflink=never', this.#file, target]);
      if (before.inFlight === 0 && this.#written().count === before.count) return;
    }
    rmSync(target, { force: true });
    throw new Error(`The disk was written to during each of ${ATTEMPTS} copies`);
  }

  async unmount(): Promise<void> {
    await run('umount', [this.folder]);
    rmSync(this.#file, { force: true });
  }

  /** Requests to write that the disk has done, and requests that it still does (Linux: block/stat.rst). */
  #written(): { count: string; inFlight: number } {
    const { dev } = statSync(this.folder);
    const [major, minor] = [(dev >> 8) & 0xfff, dev & 0xff];
    const stat = readFileSync(`/sys/dev/block/${major}:${minor}/stat`, 'utf8').trim().split(/\s+/);
    return { count: `${stat[4]} ${stat[6]}`, inFlight: Number(stat[8]) };
  }
}
