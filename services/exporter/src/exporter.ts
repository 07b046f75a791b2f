import { civilDateAt } from '@effectstroom/contracts';
import type { Logger } from '@effectstroom/runtime';
import type { Certificate, CountRefused, KeyExpiry, StreamState } from './collector.ts';
import { OwnMetrics, type Page, renderPage } from './page.ts';
import { yearToDate } from './periods.ts';
import { readSnapshot, type SnapshotOptions } from './snapshot.ts';

export interface ExporterOptions extends SnapshotOptions {
  /** From the end of a refresh to the next, which the caller starts. */
  waitMs: number;
  /** How far the stream has come; undefined where it does not answer in time. Never rejects. */
  readStream: () => Promise<StreamState | undefined>;
  countRefused: CountRefused;
  /** The keys that expire; undefined where that is not known. */
  readKeys: (now: Date) => readonly KeyExpiry[] | undefined;
  /** Never rejects. */
  readCertificates: () => Promise<readonly Certificate[]>;
  now: () => Date;
  log: Logger;
}

export interface Exporter {
  /** Reads everything anew. Never rejects: a failure is logged and shown, and the last good figures stay. */
  refresh(): Promise<void>;
  /** What /metrics answers now. */
  page(): Page;
  /** Whether there are figures at all. */
  isReady(): boolean;
}

/** The exporter without its server and timer. Its first page has its own metrics only. */
export async function createExporter(options: ExporterOptions): Promise<Exporter> {
  const own = new OwnMetrics(options.waitMs + options.deadlineMs);
  let snapshot = '';
  let page = await renderPage([await own.text()]);

  const refresh = async () => {
    own.refreshStarts();
    const at = options.now();
    try {
      // Before the database, so that what comes in meanwhile does not look pending.
      const stream = await options.readStream();
      const periods = yearToDate(civilDateAt(at));
      const scope = {
        ...{ periods, stream, now: at, refused: options.countRefused },
        keys: options.readKeys(at),
        certificates: await options.readCertificates(),
      };
      snapshot = await readSnapshot(options, scope, own.collectorRead);
      own.refreshSucceeded(at);
    } catch (error) {
      own.refreshFailed();
      options.log.warn({ err: error }, 'refresh failed; the last good figures stay');
    }
    page = await renderPage([snapshot, await own.text()]);
  };
  return { refresh, page: () => page, isReady: () => snapshot !== '' };
}
