import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { startOf } from '../../../bootstrap/processes.mjs';
import { codeOf } from '../faults.ts';

/** Who watches a folder. */
export interface Holder {
  pid: number;
  host: string;
}

const TOUCH_EVERY_MS = 10_000;
/** A holder on another computer that does not touch its lock for so long is dead. */
const DEAD_AFTER_MS = 120_000;
/** Between creating a lock file and filling it lies an instant; one that stays empty was left behind. */
const EMPTY_FOR_MS = 5_000;
/** A turn lasts as long as a rename; who is killed in it leaves it behind. The clock of a share may differ by as much. */
const TURN_MS_MAX = 30_000;

/**
 * The lock that one watcher holds on a folder: a file that names it and that it keeps touching, so that
 * watchers on other computers with the same folder see that it lives. That of a dead one is taken over.
 */
export class WatchLock {
  readonly #path: string;
  readonly #stamp = `${hostname()} ${process.pid} ${startOf(process.pid)} ${randomUUID()}\n`;
  /** The lock of another as it was first seen so, and when, on our own clock. */
  #seen: { look: string; since: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lost = new AbortController();

  constructor(path: string) {
    this.#path = path;
  }

  /** Aborted when another took the lock from us, as after a long sleep of this computer. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Takes the lock, or tells who holds it. */
  tryTake(): Holder | 'unknown' | undefined {
    if (!this.#create()) {
      const held = this.#look();
      if (!held.isDead || !this.#replace(held.text)) return held.holder;
    }
    this.#lost = new AbortController();
    this.#timer = setInterval(() => this.#touch(), TOUCH_EVERY_MS).unref();
    return undefined;
  }

  release(): void {
    clearInterval(this.#timer);
    if (this.#read() === this.#stamp) rmSync(this.#path, { force: true });
  }

  #create(): boolean {
    try {
      writeFileSync(this.#path, this.#stamp, { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  #look(): { text: string; holder: Holder | 'unknown'; isDead: boolean } {
    const text = this.#read();
    const [host = '', pid = '', start] = text.trim().split(' ');
    const holder: Holder | 'unknown' = host === '' ? 'unknown' : { host, pid: Number(pid) };
    if (host === hostname()) return { text, holder, isDead: startOf(Number(pid)) !== start };
    const look = `${text} ${changedAt(this.#path)}`;
    if (this.#seen?.look !== look) this.#seen = { look, since: performance.now() };
    const unchangedMs = performance.now() - this.#seen.since;
    return { text, holder, isDead: unchangedMs > (text === '' ? EMPTY_FOR_MS : DEAD_AFTER_MS) };
  }

  /** Only one watcher at a time may: two that saw the same dead holder would both think that they hold it. */
  #replace(dead: string): boolean {
    const turn = `${this.#path}.turn`;
    try {
      mkdirSync(turn);
    } catch {
      if (Date.now() - changedAt(turn) > TURN_MS_MAX) rmSync(turn, { recursive: true, force: true });
      return false;
    }
    try {
      if (this.#read() !== dead) return false;
      const ours = `${this.#path}.${randomUUID()}`;
      writeFileSync(ours, this.#stamp);
      renameSync(ours, this.#path);
      return true;
    } finally {
      rmdirSync(turn);
    }
  }

  #touch(): void {
    try {
      if (this.#read() === this.#stamp) utimesSync(this.#path, new Date(), new Date());
      else this.#lose();
    } catch {
      // A share that is away for a moment; who takes the lock meanwhile is seen the next time.
    }
  }

  #lose(): void {
    clearInterval(this.#timer);
    this.#lost.abort();
  }

  #read(): string {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    }
  }
}

function changedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
