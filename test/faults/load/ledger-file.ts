/** The list that a client keeps itself: what was answered with 202, and what it gave up on. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { SentEvent } from '../../harness/sent.ts';

export interface Kept {
  /** When the answer came, or it was given up: milliseconds since 1970. */
  at: number;
  /** False where there was no answer, or not 202, and the client does not try again. */
  accepted: boolean;
  events: SentEvent[];
}

/** Written line by line, each before the client goes on. */
export class LedgerFile {
  readonly path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async make(path: string): Promise<LedgerFile> {
    return new LedgerFile(path, await open(path, 'a', 0o600));
  }

  async keep(kept: Kept): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify(kept)}\n`);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** What a client kept, in the order in which it did. */
export async function* readLedger(path: string): AsyncGenerator<Kept> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) yield JSON.parse(line) as Kept;
}
