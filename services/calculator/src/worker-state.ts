/** What a worker holds while it has its partitions. */
import type {
  CaseKey,
  Codes,
  Database,
  Groups,
  Position,
  Session,
  StreamIdentity,
} from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import type { ErasedCases } from './erasures/erased-cases.ts';
import type { SettingsBook } from './settings-book.ts';

export interface WorkerState {
  /** Holds the locks of the partitions, and writes. */
  session: Session;
  /** Reads, while the session writes. */
  reads: Kysely<Database>;
  stream: StreamIdentity;
  epoch: number;
  /** Of its own partitions, with everything prepared taken as committed. */
  positions: Position[];
  book: SettingsBook;
  groups: Groups;
  organisations: Codes;
  sources: Codes;
  erased: ErasedCases;
  log: Logger;
  /** The last case that was valued once more since the worker started, and how many were; undefined at the start. */
  upgraded?: { until: CaseKey; cases: number };
  /** Aborted when the worker must end: long work looks at it. */
  stop: AbortSignal;
}
