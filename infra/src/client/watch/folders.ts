import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClientFault, codeOf } from '../faults.ts';
import type { FoundFile } from './find-files.ts';

/** What becomes of a file: the folder that it ends in. */
export type Ending = 'done' | 'refused';

/** When a file was claimed, and its name. */
const CLAIMED = /^\d{4}-\d{2}-\d{2}-\d{6}-.+/;
/** Bytes of a name that leave room for what comes before and after it, in the 255 of a file system. */
const NAME_BYTES = 180;
const JOURNAL = '.import.json';

/**
 * A watched folder with its busy, done and refused folders. Where a file is tells how far it is: `claim`
 * moves it into busy under a name of its own, `finish` out of it under that same name.
 */
export class WatchedFolder {
  readonly root: string;
  readonly lockFile: string;

  /**
   * @throws {ClientFault} where the folder is not there, or moving a file in it would be copying
   */
  constructor(root: string) {
    if (!existsSync(root) || !statSync(root).isDirectory()) throw new ClientFault(`${root} is geen map.`);
    this.root = root;
    this.lockFile = join(root, '.effectstroom-watch.lock');
    for (const name of ['busy', 'done', 'refused']) {
      const folder = join(root, name);
      mkdirSync(folder, { recursive: true });
      if (statSync(folder).dev !== statSync(root).dev) {
        throw new ClientFault(`${folder} staat op een ander bestandssysteem dan ${root}; dat kan niet.`);
      }
    }
  }

  busyPath(claimed: string): string {
    return join(this.root, 'busy', claimed);
  }

  /** Where is kept what is being done with a claimed file. */
  journalPath(claimed: string): string {
    return join(this.root, 'busy', `.${claimed}${JOURNAL}`);
  }

  endPath(ending: Ending, claimed: string): string {
    return join(this.root, ending, claimed);
  }

  /** Claimed files that are not finished, the oldest claim first. */
  busyFiles(): string[] {
    const entries = readdirSync(join(this.root, 'busy'), { withFileTypes: true });
    return entries
      .flatMap((entry) => (entry.isFile() && CLAIMED.test(entry.name) ? [entry.name] : []))
      .sort();
  }

  /** Moves a file into busy. Gives its name there, undefined where it is gone. */
  claim({ name, marker }: FoundFile, now: Date): string | undefined {
    const claimed = this.#freeName(name, now);
    try {
      renameSync(join(this.root, name), this.busyPath(claimed));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    // A marker that a crash leaves here is older than the next file of this name, and says nothing about it.
    if (marker !== undefined) rmSync(join(this.root, marker), { force: true });
    return claimed;
  }

  /** Moves a claimed file out of busy; what is kept about it goes last. */
  finish(claimed: string, ending: Ending): void {
    renameSync(this.busyPath(claimed), this.endPath(ending, claimed));
    rmSync(this.journalPath(claimed), { force: true });
  }

  /** Removes what is kept about files that were finished just before a crash. */
  removeLeftJournals(): void {
    for (const name of readdirSync(join(this.root, 'busy'))) {
      if (!name.startsWith('.') || !name.endsWith(JOURNAL)) continue;
      const claimed = name.slice(1, -JOURNAL.length);
      if (!existsSync(this.busyPath(claimed))) rmSync(this.journalPath(claimed), { force: true });
    }
  }

  #freeName(name: string, now: Date): string {
    for (let moment = now.getTime(); ; moment += 1_000) {
      const claimed = `${stamp(new Date(moment))}-${shortened(name)}`;
      const places = [
        this.busyPath(claimed),
        this.endPath('done', claimed),
        this.endPath('refused', claimed),
      ];
      if (!places.some((path) => existsSync(path))) return claimed;
    }
  }
}

/** A moment of this computer's clock as `2026-11-22-040541`. */
function stamp(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day}-${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join('')}`;
}

/** The end of a name that is too long: it tells what kind of file it is. */
function shortened(name: string): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join('')) > NAME_BYTES) characters.shift();
  return characters.join('');
}
