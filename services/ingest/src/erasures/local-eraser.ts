import { Worker } from 'node:worker_threads';
import type { RemovedAtIngest } from '@effectstroom/contracts';
import { type Logger, ProblemError } from '@effectstroom/runtime';
import type { CaseToErase, UnderWay } from './erase-locally.ts';

/** Erasures that wait for one another. */
const WAITING_MAX = 20;

const NOTHING: RemovedAtIngest = { delivered: 0, reportRows: 0, vanished: 0, zaken: 0, importsEnded: 0 };

/** Removes cases from ingest's own folder, one after the other, each in a thread: reports can be large. */
export class LocalEraser {
  readonly #folder: string | undefined;
  readonly #log: Logger;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Without a folder there is nothing to remove. */
  constructor(folder: string | undefined, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  /**
   * Removes what the folder holds of a case. Throws a problem: 409 while an import of the organisation is under way,
   * 503 where too many wait or the files stay in use.
   */
  async erase(one: CaseToErase): Promise<RemovedAtIngest> {
    const folder = this.#folder;
    if (folder === undefined) return NOTHING;
    if (this.#waiting >= WAITING_MAX) throw later('too many cases are being erased at once');
    this.#waiting++;
    const removed = this.#last.then(() => inThread(folder, one));
    this.#last = removed.catch(() => undefined);
    try {
      return expectRemoved(await removed);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      this.#log.error({ err: error }, 'a case cannot be removed from the folder of ingest now');
      throw later('the files of imports are in use');
    } finally {
      this.#waiting--;
    }
  }
}

function expectRemoved(answer: RemovedAtIngest | UnderWay): RemovedAtIngest {
  if (!('underWay' in answer)) return answer;
  const detail = 'an import of this organisation is under way: erase when it is done, or stop it first';
  throw new ProblemError(409, detail, {}, { import: answer.underWay });
}

async function inThread(folder: string, one: CaseToErase): Promise<RemovedAtIngest | UnderWay> {
  const worker = new Worker(new URL('./erasure-worker.ts', import.meta.url), { workerData: { folder, one } });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread of an erasure ended without an answer')));
    });
  } finally {
    await worker.terminate();
  }
}

function later(why: string): ProblemError {
  return new ProblemError(503, `${why}: send the same again later`, { 'retry-after': '5' });
}
