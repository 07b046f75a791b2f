import type { ImportNews } from './worker-messages.ts';

/** Milliseconds over which a rate is taken. */
const WINDOW = 10_000;

/** How many rows a second an import does, over the last seconds. */
export class RateMeter {
  #seen: { at: number; rows: number }[] = [];
  #phase: ImportNews['phase'] | undefined;
  #since = 0;

  add({ phase, rows }: Pick<ImportNews, 'phase' | 'rows'>, now: number): void {
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#seen = [];
      this.#since = now;
    }
    this.#seen.push({ at: now, rows });
    while ((this.#seen[0]?.at ?? now) < now - WINDOW) this.#seen.shift();
  }

  /** Rows a second, rounded. */
  rate(now: number): number {
    const from = Math.max(this.#since, now - WINDOW);
    const rows = this.#seen.reduce((sum, one) => (one.at >= from ? sum + one.rows : sum), 0);
    return now > from ? Math.round((rows * 1000) / (now - from)) : 0;
  }
}
