import { type FSWatcher, watch } from 'node:fs';

/** Rings when something happens in a folder, where the file system tells; a hint, beside looking regularly. */
export class Bell {
  readonly #watcher: FSWatcher | undefined;
  #ring: () => void = () => {};

  constructor(folder: string) {
    this.#watcher = watched(folder, () => this.#ring());
  }

  /** Waits until something happens in the folder, at most `mostMs` and at least `leastMs`. */
  async wait(leastMs: number, mostMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const rung = new Promise<void>((resolve) => {
      this.#ring = resolve;
    });
    await Promise.all([pause(leastMs, signal), Promise.race([rung, pause(mostMs, signal)])]);
    signal.throwIfAborted();
  }

  close(): void {
    this.#watcher?.close();
  }
}

/** Not every file system can be watched; then there is only looking. */
function watched(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** Ends early when the signal says so. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
