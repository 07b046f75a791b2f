/** Memory of a process while it works. */
import { readFileSync } from 'node:fs';

export interface Memory {
  /** The most that was in use in each third of the time, in bytes: flat where the last is not above the others. */
  thirds: [number, number, number];
  /** The most since the process started. */
  highest: number;
}

/** The last third may be this much above the first before memory counts as growing: garbage is collected late. */
const FLAT_RATIO = 1.2;
const LOOK_EVERY_MS = 50;

/** Looks at a process until `stop`. Elsewhere than on Linux there is nothing to see. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  readonly #seen: number[] = [];

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
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

/** Whether memory did not grow from the first to the last third. */
export function isFlat({ thirds: [first, , last] }: Memory): boolean {
  return last <= first * FLAT_RATIO;
}

function bytesOf(pid: number, names: readonly string[]): number[] | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return names.map((name) => Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(status)?.[1]) * 1_024);
  } catch {
    return undefined;
  }
}
