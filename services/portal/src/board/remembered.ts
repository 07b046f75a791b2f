/** Answers of the API that every page needs, remembered for a while. */
import type { Key } from '@effectstroom/runtime';

/** Remembers as many answers as `max`, each for `keptMs` milliseconds. */
export class Remembered<Answer> {
  readonly #known = new Map<string, { at: number; answer: Promise<Answer> }>();
  readonly #max: number;
  readonly #keptMs: number;

  constructor(max: number, keptMs: number) {
    this.#max = max;
    this.#keptMs = keptMs;
  }

  /** The answer by its name, asked with `ask` where it is not known. What fails is not remembered. */
  of(name: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#known.get(name);
    if (known !== undefined && performance.now() - known.at < this.#keptMs) return known.answer;
    this.#known.delete(name);
    const answer = ask();
    this.#known.set(name, { at: performance.now(), answer });
    answer.catch(() => this.#known.delete(name));
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#max) break;
      this.#known.delete(oldest);
    }
    return answer;
  }
}

/** Names answers that hold for one reader only: what a key may read can change. */
export function readerName(key: Key): string {
  return `${key.id} ${key.organisations?.join() ?? '*'}`;
}
