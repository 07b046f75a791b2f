/** Memory of a process while it works. */
import { readFileSync } from 'node:fs';

export interface Memory {
  /** The most that was in use in each third of the time, in bytes. */
  thirds: [number, number, number];
  /** The most since the process started. */
  highest: number;
}

/**
 * The last third may be this much above the second before memory counts as growing: garbage is collected
 * late.
 */
const FLAT_RATIO = 1.1;
const FLAT_BYTES = 10 * 2 ** 20;
const LOOK_EVERY_MS = 50;

/** Looks at a process until `stop`, to be called before that ends. There is nothing to see but on Linux. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  readonly #seen: number[] = [];

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** What was seen; undefined where that was nothing. */
  stop(): Memory | undefined {
    clearInterval(this.#timer);
    this.#look();
    const third = Math.ceil(this.#seen.length / 3);
    const [highest] = bytesOf(this.#pid, ['VmHWM']) ?? [];
    if (third === 0 || highest === undefined) return undefined;
    const most = (part: number) => Math.max(...this.#seen.slice(part * third, (part + 1) * third), 0);
    return { thirds: [most(0), most(1), most(2)], highest };
  }

  #look(): void {
    this.#seen.push(...(bytesOf(this.#pid, ['VmRSS']) ?? []));
  }
}

/** Whether memory had stopped growing after the first third, in which a process warms up. */
export function isFlat({ thirds: [, second, last] }: Memory): boolean {
  return last <= Math.max(second * FLAT_RATIO, second + FLAT_BYTES);
}

function bytesOf(pid: number, names: readonly string[]): number[] | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return names.map((name) => Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(status)?.[1]) * 1_024);
  } catch {
    return undefined;
  }
}
