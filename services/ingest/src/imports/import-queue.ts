import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from '@effectstroom/runtime';
import type { RefusalRecorder } from '../refusals/refusal-recorder.ts';
import type { ImportFiles } from './import-files.ts';
import type { Failure, ImportRecord, Rate } from './import-record.ts';
import type { ImportStore } from './import-store.ts';
import { RateMeter } from './rate-meter.ts';
import type { ImportNews, WorkerSettings, WorkerStart } from './worker-messages.ts';

/** Milliseconds in which a thread ends its batch when ingest stops; cutting it off then spoils nothing. */
const STOP = 5000;
/** Milliseconds after which the store is tried again that could not be written. */
const AGAIN = 10_000;
/** Mebibytes of memory that a thread may use for objects. */
const HEAP = 512;

interface Running {
  id: string;
  worker: Worker;
  meter: RateMeter;
  exited: Promise<unknown>;
}

/** Starts a thread of imports. One that needs too much memory ends, and leaves ingest alone. */
export function startWorker(start: WorkerStart): Worker {
  return new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
}

/** The imports one after the other, each in a thread of its own. */
export class ImportQueue {
  readonly #log: Logger;
  readonly #imports: ImportStore;
  readonly #files: ImportFiles;
  readonly #settings: WorkerSettings;
  readonly #recorder: RefusalRecorder;
  #running: Running | undefined;
  #isClosing = false;

  constructor(
    log: Logger,
    imports: ImportStore,
    files: ImportFiles,
    settings: WorkerSettings,
    recorder: RefusalRecorder,
  ) {
    this.#log = log;
    this.#recorder = recorder;
    this.#imports = imports;
    this.#files = files;
    this.#settings = settings;
  }

  /**
   * Starts the import that waits longest, unless one runs. One that ran when its thread or ingest ended goes
   * first. A store that cannot be written now, as on a full disk, is tried again later.
   */
  wake(): void {
    if (this.#running !== undefined || this.#isClosing) return;
    try {
      this.#imports.recover(Date.now());
      const record = this.#imports.begin(Date.now());
      if (record !== undefined) this.#run(record);
    } catch (error) {
      this.#log.error({ err: error }, 'no import can be started now');
      setTimeout(() => this.wake(), AGAIN).unref();
    }
  }

  /** Stops an import after the batch in hand. @returns false where it has ended */
  stop(id: string): boolean {
    if (!this.#imports.stop(id)) return false;
    if (this.#running?.id === id) this.#running.worker.postMessage('stop');
    return true;
  }

  /** How fast an import goes; undefined where it does not run. */
  rateOf({ id, rows: { total, accepted, unchanged, refused } }: ImportRecord): Rate | undefined {
    if (this.#running?.id !== id) return undefined;
    const rowsPerSecond = this.#running.meter.rate(Date.now());
    const left = total === null ? null : total - accepted - unchanged - refused;
    const secondsLeft = left === null || rowsPerSecond === 0 ? null : Math.ceil(left / rowsPerSecond);
    return { rowsPerSecond, secondsLeft };
  }

  /** Ends the batch in hand; the import goes on at the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const running = this.#running;
    if (running === undefined) return;
    running.worker.postMessage('stop');
    await Promise.race([running.exited, sleep(STOP, undefined, { ref: false })]);
    await running.worker.terminate();
    this.#imports.putBack(running.id);
  }

  #fail(id: string, failure: Failure): void {
    try {
      this.#imports.fail(id, failure, Date.now());
      this.#files.remove(id, 'upload', 'staged');
    } catch (error) {
      this.#log.error({ import: id, err: error }, 'what became of an import cannot be written now');
    }
  }

  #recordRefusal({ keyId, organisation, source }: ImportRecord, refused: ImportNews['refused']): void {
    this.#recorder.record({
      ...{ key: keyId, route: 'POST /v1/imports', status: 400, organisation, source, count: refused.length },
      faults: refused.flatMap(({ row, codes }) => codes.map((code) => ({ index: row, pointer: '', code }))),
    });
  }

  #run(record: ImportRecord): void {
    const { id } = record;
    const meter = new RateMeter();
    const worker = startWorker({ settings: this.#settings, job: { do: 'import', id } });
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    this.#running = { id, worker, meter, exited };
    worker.on('message', (news: ImportNews) => {
      meter.add(news, Date.now());
      if (news.refused.length > 0) this.#recordRefusal(record, news.refused);
    });
    worker.on('error', (error) => {
      this.#log.error({ import: id, err: error }, 'the thread of an import ended by an error');
      this.#fail(id, failureOf(error));
    });
    worker.once('exit', () => {
      this.#running = undefined;
      this.wake();
    });
    this.#log.info({ import: id, task: record.task }, 'an import is started');
  }
}

const BROKEN_OFF: Failure = {
  code: 'internal',
  detail: 'something went wrong here: send the file again, which repeats nothing',
};

function failureOf(error: unknown): Failure {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'out-of-memory', detail: 'working on this file takes too much memory: send it in parts' };
  }
  return BROKEN_OFF;
}
