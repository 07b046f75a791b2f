/**
 * A page of cases under settings that changed: one transaction. It is worked out a slice at a time, so that only the
 * bytes to be written stay in memory, and the events of a slice are read while the one before is worked out.
 */
import { setImmediate } from 'node:timers/promises';
import {
  BatchEncoder,
  type CaseRow,
  CaseUpdates,
  type EncodedBatch,
  type EncodedCaseUpdates,
  keepCursor,
  loadCases,
  type Position,
  type QuarantineRow,
  type RecordedCase,
  type RevaluationCursor,
  readProgrammePage,
  updateCases,
  writeBatch,
} from '@effectstroom/database';
import { ahead } from './ahead.ts';
import {
  REVALUATION_BREATH_CASES,
  REVALUATION_CASES_MAX,
  REVALUATION_READ_CASES,
  REVALUATION_SLICE_EVENTS,
} from './limits.ts';
import { resolveAgain, type SettingsCause } from './resolve-again.ts';
import type { WorkerState } from './worker-state.ts';

/** To read one takes about as long as to work it out, and sometimes longer. */
const SLICES_AHEAD = 2;

/** Which page. */
export interface PageAsked {
  organisation: number;
  /** Key of the programme. */
  programme: string;
  afterCaseId: string;
  /** Only cases with a line of one of these groups, or that wait in quarantine; undefined is all. */
  lineGroups: readonly number[] | undefined;
}

/** A page that is ready to be written. */
export interface PreparedPage {
  lastCaseId: string;
  cases: number;
  batch: EncodedBatch;
  updates: EncodedCaseUpdates;
}

/** Reads a page of cases and works out what changes; undefined behind the last one. */
export async function preparePage(
  state: WorkerState,
  own: readonly Position[],
  page: PageAsked,
  cause: SettingsCause,
): Promise<PreparedPage | undefined> {
  const resolved = new ResolvedPage(state, own, { organisation: page.organisation, cause });
  let last: string | undefined;
  let count = 0;
  // While a slice is worked out, the next ones are read.
  for await (const cases of ahead(slicesOf(state, own, page), SLICES_AHEAD)) {
    await resolved.add(cases);
    last = cases.at(-1)?.caseId;
    count += cases.length;
  }
  return last === undefined ? undefined : { lastCaseId: last, cases: count, ...resolved.encoded() };
}

/** The cases of a page, in slices of about {@link REVALUATION_SLICE_EVENTS} events. None is empty. */
async function* slicesOf(
  { reads }: WorkerState,
  own: readonly Position[],
  page: PageAsked,
): AsyncGenerator<RecordedCase[], undefined> {
  const partitions = own.map(({ partition }) => partition);
  let { afterCaseId } = page;
  for (let left = REVALUATION_CASES_MAX; left > 0; ) {
    const limit = Math.min(left, REVALUATION_READ_CASES);
    const rows = await readProgrammePage(reads, { ...page, partitions, afterCaseId, limit });
    for (const slice of slicesOfRows(rows)) yield loadCases(reads, slice);
    afterCaseId = rows.at(-1)?.case_id ?? afterCaseId;
    left = rows.length < limit ? 0 : left - limit;
  }
}

function* slicesOfRows(rows: readonly CaseRow[]): Generator<CaseRow[], undefined> {
  let slice: CaseRow[] = [];
  let events = 0;
  for (const row of rows) {
    slice.push(row);
    events += row.events.length;
    if (events < REVALUATION_SLICE_EVENTS) continue;
    yield slice;
    slice = [];
    events = 0;
  }
  if (slice.length > 0) yield slice;
}

/** What changes for the cases of a page, growing slice by slice. */
class ResolvedPage {
  readonly #state: WorkerState;
  readonly #own: readonly Position[];
  readonly #cause: SettingsCause;
  readonly #encoder = new BatchEncoder();
  readonly #updates: CaseUpdates;
  readonly #quarantined: QuarantineRow[] = [];
  readonly #released: EncodedBatch['released'][number][] = [];

  constructor(
    state: WorkerState,
    own: readonly Position[],
    { organisation, cause }: { organisation: number; cause: SettingsCause },
  ) {
    this.#state = state;
    this.#own = own;
    this.#cause = cause;
    this.#updates = new CaseUpdates(organisation);
  }

  async add(cases: readonly RecordedCase[]): Promise<void> {
    for (let at = 0; at < cases.length; at += REVALUATION_BREATH_CASES) {
      await setImmediate();
      const part = cases.slice(at, at + REVALUATION_BREATH_CASES);
      const change = await resolveAgain(this.#state, this.#own, part, this.#cause);
      for (const entry of change.entries) this.#encoder.addEntry(entry);
      for (const row of change.changedCases) this.#updates.add(row);
      for (const row of change.quarantined) this.#quarantined.push(row);
      for (const row of change.released) this.#released.push(row);
    }
  }

  /** Nothing can be added any more. */
  encoded(): Pick<PreparedPage, 'batch' | 'updates'> {
    const { quarantined, released } = { quarantined: this.#quarantined, released: this.#released };
    const batch = this.#encoder.encoded({ quarantined, released, changedCases: [], unreadable: [] });
    return { batch, updates: this.#updates.encoded() };
  }
}

/** Writes a page, and how far that is. @throws whatever PostgreSQL throws; then nothing of it has happened. */
export async function writePage(
  { session }: WorkerState,
  own: readonly Position[],
  { batch, updates }: PreparedPage,
  cursor: RevaluationCursor,
): Promise<void> {
  await session.db.transaction().execute(async (tx) => {
    await updateCases(tx, updates);
    await writeBatch(tx, session.client, batch);
    await keepCursor(tx, own, cursor);
  });
}
