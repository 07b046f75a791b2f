import type { ReportRow, RowStatus } from '@effectstroom/contracts';
import {
  type CaseToDeliver,
  type DeliveryContext,
  type Judged,
  judgeCases,
  keepChanges,
  type Outcome,
} from '../delivery/deliver-cases.ts';
import type { CompiledMapping } from '../records/compile-mapping.ts';
import { keyOf } from '../records/key-of.ts';
import { type CaseDraft, readCase } from '../records/read-case.ts';
import { cellFaults, rowFault } from './cell-faults.ts';
import type { Place } from './import-record.ts';
import type { BatchCounts, ImportStore } from './import-store.ts';
import { publishPatiently } from './publish-patiently.ts';
import type { CellFault, ReportWriter } from './report-file.ts';
import type { StagedCase, StagedRows } from './staged-rows.ts';
import type { ImportNews } from './worker-messages.ts';

/** Cases that are judged, published and kept together: as many as a request may have. */
const BATCH_CASES = 500;
/** Rows at which a batch is full, whatever its cases. */
const BATCH_ROWS = 5000;
/** Faults that are kept of one case. */
const MOST_FAULTS = 100;

/** What working through staged rows needs. */
export interface Work {
  id: string;
  organisation: string;
  source: string;
  mapping: CompiledMapping;
  rows: StagedRows;
  /** Where to go on. */
  after: Place;
  context: DeliveryContext;
  imports: ImportStore;
  report: ReportWriter;
  /** Milliseconds that JetStream may be away. */
  patience: number;
  /** Aborted when the work is to stop. */
  signal: AbortSignal;
  tell: (news: ImportNews) => void;
}

/** How the work ended. */
export type Ending = 'done' | 'stopped' | 'stream-away';

/**
 * Works through the staged rows: judges their cases, publishes what changed and keeps what became of each
 * row, batch by batch. While JetStream takes one batch, the next is judged. What is killed goes on with the
 * batch that was not kept, under the same identities.
 */
export async function workThrough(work: Work): Promise<Ending> {
  let before: { batch: Batch; sent: Promise<Ending> } | undefined;
  let mayBeThere = true;
  const settle = async (): Promise<Ending> => {
    const pending = before;
    before = undefined;
    if (pending === undefined) return 'done';
    const ending = await pending.sent;
    if (ending === 'done') keep(work, pending.batch, mayBeThere);
    else keepDoubt(work.context, pending.batch.judged);
    mayBeThere = false;
    return ending;
  };
  for (const cases of batchesOf(work.rows.cases(work.after))) {
    if (work.signal.aborted) break;
    // Revisions of one case that stand in two batches: the second builds on what is kept of the first.
    if (cases[0]?.caseId === before?.batch.counts.after.caseId) {
      const ending = await settle();
      if (ending !== 'done') return ending;
    }
    const batch = judge(work, cases);
    const ending = await settle();
    if (ending !== 'done') return ending;
    before = { batch, sent: publishPatiently(work.context, batch.judged.accepted, work) };
  }
  const ending = await settle();
  return ending === 'done' && work.signal.aborted ? 'stopped' : ending;
}

/** No content has it. */
const UNKNOWN = new Uint8Array(0);

/**
 * Keeps that these cases may have been published: JetStream can have stored some of what it did not acknowledge. Whatever
 * delivers them next sends them again, above these revisions.
 */
function keepDoubt(context: DeliveryContext, { changes }: Judged): void {
  keepChanges(
    context,
    changes.map((change) => ({ ...change, hash: UNKNOWN })),
    () => {},
  );
}

/** Cases of the file together, and what they came to. */
interface Batch {
  judged: Judged;
  report: ReportRow[];
  counts: BatchCounts;
}

function* batchesOf(cases: Iterable<StagedCase>): Generator<StagedCase[]> {
  let batch: StagedCase[] = [];
  let rows = 0;
  for (const one of cases) {
    batch.push(one);
    rows += one.rows.length;
    if (batch.length < BATCH_CASES && rows < BATCH_ROWS) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
}

/** A case of the file as far as it could be read. */
interface ReadCase {
  staged: StagedCase;
  toDeliver?: CaseToDeliver;
  draft?: CaseDraft;
  faults: readonly CellFault[];
}

function judge(work: Work, cases: readonly StagedCase[]): Batch {
  const read = cases.map((staged) => readStaged(work, staged));
  const judged = judgeCases(
    work.context,
    read.flatMap(({ toDeliver }) => toDeliver ?? []),
  );
  const batch: Batch = { judged, report: [], counts: noCounts() };
  let delivered = 0;
  for (const one of read) {
    const outcome = one.toDeliver === undefined ? undefined : judged.outcomes[delivered++];
    add(batch, one, outcome);
  }
  return batch;
}

function readStaged({ mapping, ...work }: Work, staged: StagedCase): ReadCase {
  const [first] = staged.rows;
  if (first === undefined) return { staged, faults: [] };
  if (staged.isTooLarge) {
    const detail = 'more rows have this case than a case has lines: check the column of the case number';
    return { staged, faults: staged.rows.map(({ row }) => rowFault(row, 'too-many-rows', detail)) };
  }
  const key = keyOf(mapping, first);
  const { draft, faults } = readCase(mapping, staged.rows);
  if (key.faults !== undefined || faults !== undefined) {
    return { staged, faults: distinct([...(key.faults ?? []), ...(faults ?? [])]) };
  }
  const { organisation, source } = work;
  const { caseId, revision } = key;
  const { type, data } = draft;
  const toDeliver = { organisation, source, caseId, type, data, ...(revision !== undefined && { revision }) };
  return { staged, toDeliver, draft, faults: [] };
}

function add(
  { report, counts }: Batch,
  { staged, draft, faults }: ReadCase,
  outcome: Outcome | undefined,
): void {
  const status: RowStatus = outcome?.status ?? 'refused';
  const all = outcome?.status === 'refused' ? cellFaults(outcome.faults, staged.rows, draft) : faults;
  const caseId = staged.caseId === '' ? null : staged.caseId;
  const named = all.slice(0, MOST_FAULTS);
  for (const { row } of staged.rows) {
    const own = named.filter((fault) => fault.row === row);
    if (status === 'refused' && own.length === 0) own.push(otherRow(row, named));
    report.push({ row, caseId, status, faults: own });
    counts.after = { caseId: staged.caseId, revision: staged.revision, row };
  }
  counts.rows[status] += staged.rows.length;
  counts.cases[status] += 1;
  if (caseId === null) counts.rows.unreadable += staged.rows.length;
}

function otherRow(row: number, faults: readonly CellFault[]): CellFault {
  const other = faults[0]?.row;
  const detail = `another row of the same case is refused${other === undefined ? '' : `: row ${other}`}`;
  return rowFault(row, 'other-row', detail);
}

function distinct(faults: readonly CellFault[]): CellFault[] {
  return [...new Map(faults.map((fault) => [`${fault.row} ${fault.cell} ${fault.code}`, fault])).values()];
}

function noCounts(): BatchCounts {
  return {
    rows: { accepted: 0, unchanged: 0, refused: 0, unreadable: 0 },
    cases: { accepted: 0, unchanged: 0, refused: 0 },
    after: { caseId: '', revision: 0, row: 0 },
  };
}

function keep({ id, context, imports, report, tell }: Work, batch: Batch, mayBeThere: boolean): void {
  keepChanges(context, batch.judged.changes, () => {
    report.write(batch.report, mayBeThere);
    imports.count(id, batch.counts);
  });
  const refused = batch.report.flatMap(({ row, status, faults }) =>
    status === 'refused' ? [{ row, codes: faults.map(({ code }) => code) }] : [],
  );
  tell({ phase: 'running', rows: batch.report.length, refused });
}
