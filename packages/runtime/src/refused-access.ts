import { type Act, audit } from './audit.ts';
import type { Logger } from './log.ts';
import { networkOf } from './rate-limit.ts';

/** Lines in one window for one origin; then they are only counted. */
const MOST_LINES = 10;
/** Milliseconds of a window. */
const WINDOW = 60_000;
/** Origins that are told apart in one window; the rest are one together. */
const MOST_ORIGINS = 1000;
const OTHERS = 'other origins';

interface Window {
  lines: number;
  uncounted: number;
}

/**
 * Audit lines of refused access. Whoever tries keys cannot fill the log: an origin gets ten lines a minute,
 * and then one that says how many more there were.
 */
export class RefusedAccess {
  readonly #log: Logger;
  readonly #windows = new Map<string, Window>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Writes a line, or counts it. `address` is that of the connection. */
  write(address: string, act: Act): void {
    const network = networkOf(address);
    const name = this.#windows.has(network) || this.#windows.size < MOST_ORIGINS ? network : OTHERS;
    const window = this.#windows.get(name) ?? { lines: 0, uncounted: 0 };
    this.#windows.set(name, window);
    this.#timer ??= setTimeout(() => this.flush(), WINDOW).unref();
    if (window.lines >= MOST_LINES) {
      window.uncounted++;
      return;
    }
    window.lines++;
    audit(this.#log, act);
  }

  /** Writes what was only counted, and begins a new window. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [origin, { uncounted }] of this.#windows) {
      if (uncounted === 0) continue;
      const result = `refused ${uncounted} more times`;
      audit(this.#log, { action: 'refuse access', object: 'several', result, origin, actor: 'several' });
    }
    this.#windows.clear();
  }
}
