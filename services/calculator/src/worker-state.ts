/** What a worker holds while it has its partitions. */
import type { Codes, Database, Groups, Position, Session, StreamIdentity } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
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
  log: Logger;
  /** Aborted when the worker must end: long work looks at it. */
  stop: AbortSignal;
}
