import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { civilDateAt, type Mapping } from '@effectstroom/contracts';
import { ConfigError, connectNats, type Logger } from '@effectstroom/runtime';
import type { DeliveryContext } from '../delivery/deliver-cases.ts';
import { DeliveredCases } from '../delivery/delivered-cases.ts';
import { openStore, STORE_FILE } from '../delivery/store.ts';
import { Publisher } from '../publish.ts';
import { residentKeyHash } from '../resident-key.ts';
import { readResidentKeySecret } from '../resident-key-secret.ts';
import { TableFault } from '../tables/table.ts';
import { ImportFault } from './import-fault.ts';
import { ImportFiles } from './import-files.ts';
import type { Failure, ImportRecord } from './import-record.ts';
import { ImportStore } from './import-store.ts';
import { compiledFor, readUpload } from './read-upload.ts';
import { ReportWriter } from './report-file.ts';
import { StagedRows } from './staged-rows.ts';
import { withdrawVanished } from './withdraw-vanished.ts';
import { type Ending, workThrough } from './work-through.ts';
import type { ImportNews, WorkerSettings } from './worker-messages.ts';

/** Errors of SQLite and of files that mean that the disk is full: it can go on when there is room. */
const FULL: ReadonlySet<unknown> = new Set([13, 'ENOSPC', 'EDQUOT']);

const STREAM_AWAY: Failure = {
  code: 'stream-away',
  detail: 'the stream did not acknowledge for too long: resume the import when it is there again',
};
const DISK_FULL: Failure = {
  code: 'disk-full',
  detail: 'there is no room on disk: make room and resume the import',
};

const NOT_CONFIGURED: Failure = {
  code: 'configuration',
  detail: 'the secret of resident keys cannot be read: ask the manager of this installation, then resume',
};

/**
 * Does what is to be done of an import that was begun, as far as it comes: reads its file, works through its
 * rows, withdraws what vanished. The import then stands as it is in the store. Throws what nobody expected.
 */
export async function runImport(
  id: string,
  settings: WorkerSettings,
  log: Logger,
  signal: AbortSignal,
  tell: (news: ImportNews) => void,
): Promise<void> {
  const db = openStore(settings.folder);
  const run = new ImportRun(id, settings, db, { log, signal, tell });
  try {
    await run.toTheEnd();
  } catch (error) {
    if (!run.endWith(error)) throw error;
  } finally {
    run.tidy();
    db.close();
  }
}

interface Surroundings {
  log: Logger;
  signal: AbortSignal;
  tell: (news: ImportNews) => void;
}

class ImportRun {
  readonly #id: string;
  readonly #settings: WorkerSettings;
  readonly #imports: ImportStore;
  readonly #files: ImportFiles;
  readonly #delivered: DeliveredCases;
  readonly #mapping: Mapping;
  readonly #around: Surroundings;

  constructor(id: string, settings: WorkerSettings, db: DatabaseSync, around: Surroundings) {
    this.#id = id;
    this.#settings = settings;
    this.#imports = new ImportStore(db);
    this.#files = new ImportFiles(settings.folder);
    this.#delivered = new DeliveredCases(db);
    this.#mapping = this.#imports.mappingOf(id);
    this.#around = around;
  }

  async toTheEnd(): Promise<void> {
    const { task } = this.#record();
    if (task === 'read' && !(await this.#read())) return;
    const record = this.#record();
    const report = new ReportWriter(this.#files.path(this.#id, 'report'));
    let ending: Ending;
    try {
      ending = await this.#deliver(record, report);
      if (ending === 'done') this.#sumUp(record, report);
    } finally {
      report.close();
    }
    if (ending === 'stream-away') this.#imports.giveUp(this.#id, STREAM_AWAY);
    // Once it is done, nobody writes to its report any more.
    if (ending === 'done') this.#imports.finish(this.#id, Date.now());
  }

  /** @returns whether the file was read and the import still runs */
  async #read(): Promise<boolean> {
    const { signal, tell } = this.#around;
    const total = await readUpload({
      upload: this.#files.path(this.#id, 'upload'),
      staged: this.#files.path(this.#id, 'staged'),
      mapping: this.#mapping,
      onProgress: (rows) => tell({ phase: 'reading', rows, refused: [] }),
      signal,
    });
    return total !== undefined && this.#imports.staged(this.#id, total);
  }

  async #deliver(record: ImportRecord, report: ReportWriter): Promise<Ending> {
    const { natsUrl, partitions, replicas, patience } = this.#settings;
    const { log, signal, tell } = this.#around;
    const publisher = new Publisher(log, { partitions, replicas });
    // Connecting goes on until it comes off, or the import waited too long for it.
    const connecting = connectNats(log, natsUrl, 'effectstroom-ingest-imports');
    const using = connecting.then((connection) => publisher.use(connection, natsUrl));
    try {
      const { id, organisation, source } = record;
      const shared = { id, organisation, source, imports: this.#imports, report, patience, signal };
      const context = this.#context(record, publisher);
      if (record.task === 'withdraw') {
        return await withdrawVanished({ ...shared, context, reason: record.withdrawal?.reason ?? 'error' });
      }
      const rows = StagedRows.open(this.#files.path(id, 'staged'));
      try {
        const mapping = compiledFor(this.#mapping, rows.columns);
        return await workThrough({ ...shared, context, mapping, rows, after: record.after, tell });
      } finally {
        rows.close();
      }
    } finally {
      void using.then(async () => (await connecting).close()).catch(() => undefined);
    }
  }

  #context({ createdAt, dryRun, withdrawal, mapping }: ImportRecord, publisher: Publisher): DeliveryContext {
    return {
      delivered: this.#delivered,
      publisher,
      hashResidentKey: residentKeyHash(readResidentKeySecret(this.#settings.residentKeySecretFile)),
      moment: withdrawal?.at ?? createdAt,
      // Of the day that the file came: a start on a later day judges its rows alike.
      today: civilDateAt(new Date(createdAt)),
      dryRun,
      mapping: mapping.code,
    };
  }

  #sumUp({ organisation, source, full, task, mapping }: ImportRecord, report: ReportWriter): void {
    if (task === 'deliver') {
      report.sumUp();
      const origin = this.#delivered.originOf(organisation, source);
      const store = join(this.#settings.folder, STORE_FILE);
      const staged = this.#files.path(this.#id, 'staged');
      this.#imports.setVanished(
        this.#id,
        full ? report.findVanished(store, staged, origin, mapping.code) : null,
      );
    } else {
      this.#imports.setVanished(this.#id, 0);
    }
  }

  /** Ends the import for a reason that can be told. @returns whether it was one */
  endWith(error: unknown): boolean {
    if (error instanceof TableFault || error instanceof ImportFault) {
      this.#imports.fail(this.#id, { code: error.code, detail: error.message }, Date.now());
      return true;
    }
    const failure = isFull(error) ? DISK_FULL : error instanceof ConfigError ? NOT_CONFIGURED : undefined;
    if (failure === undefined) return false;
    this.#around.log.error({ import: this.#id, err: error }, 'an import stops, and can go on later');
    this.#imports.giveUp(this.#id, failure);
    return true;
  }

  /** Removes the files that are of no more use. */
  tidy(): void {
    const { task, state, rows, cases } = this.#record();
    const isOver = state === 'done' || state === 'failed';
    if (isOver || task !== 'read') this.#files.remove(this.#id, 'upload');
    if (isOver || task === 'read') this.#files.remove(this.#id, 'staged');
    this.#around.log.info({ import: this.#id, state, rows, cases }, 'an import was worked on');
  }

  #record(): ImportRecord {
    const record = this.#imports.find(this.#id);
    if (record === undefined) throw new Error('the import is not there any more');
    return record;
  }
}

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('errcode' in error && FULL.has(error.errcode)) || ('code' in error && FULL.has(error.code));
}
