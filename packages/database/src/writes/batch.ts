/** The writes of one batch. All of them belong in one transaction, with the position (position.ts). */
import { sql, type Transaction } from 'kysely';
import type { Client } from 'pg';
import { type LedgerPart, partCode } from '../ledger-part.ts';
import type { CaseState, Database } from '../tables.ts';
import { type Contribution, storeContribution } from './contribution.ts';
import { type CopyTarget, copyInto, type EncodedCopy, encodeCopy } from './copy.ts';
import { EntrySums } from './entry-sums.ts';
import { insertQuarantine, releaseQuarantine } from './quarantine.ts';
import { addToSources, deliveriesOf, type SourceChanges, SourceSums } from './source-totals.ts';
import { addToTotals, type TotalChanges } from './totals.ts';
import { unnestRows } from './unnest.ts';

/** Microseconds since 1970: PostgreSQL's own precision. */
export type Micros = bigint;

export interface EventRow {
  organisation: number;
  number: bigint;
  source: number;
  id: string;
  caseId: string;
  knownAt: Micros;
  payload: string;
}

export interface LedgerEntry {
  organisation: number;
  knownAt: Micros;
  /** Number of the event or settings that made the entry. */
  cause: bigint;
  /** The cause is settings. */
  revalued: boolean;
  /** The part of the change that the entry belongs to. */
  part: LedgerPart;
  sign: 1 | -1;
  contribution: Contribution;
  /** Of the contribution's event. */
  source: number;
  municipality: string;
  /** Keyed hash, where the event gives one. */
  resident: string | undefined;
}

export interface CaseStateRow {
  organisation: number;
  caseId: string;
  partition: number;
  events: readonly bigint[];
  counted: bigint | undefined;
  state: CaseState | undefined;
  programme: string | undefined;
  contribution: Contribution | undefined;
}

export interface QuarantineRow {
  organisation: number;
  number: bigint;
  reason: string;
  detail: string;
  caseId: string;
  partition: number;
  programme: string;
  knownAt: Micros;
  source: number;
  /** Of the case; undefined where the event says none. */
  date: string | undefined;
  /** When what brought it there became known. */
  since: Micros;
  /** Only where the event is not recorded in `event`. */
  payload?: string;
}

export interface UnreadableRow {
  number: bigint;
  detail: string;
  knownAt: Micros;
  payload: Buffer;
}

export interface Batch {
  events: readonly EventRow[];
  entries: readonly LedgerEntry[];
  newCases: readonly CaseStateRow[];
  changedCases: readonly CaseStateRow[];
  quarantined: readonly QuarantineRow[];
  released: readonly { organisation: number; number: bigint; knownAt: Micros }[];
  unreadable: readonly UnreadableRow[];
}

const EVENT: CopyTarget<EventRow> = {
  table: 'event',
  columns: ['organisation', 'number', 'source', 'id', 'case_id', 'known_at', 'payload'],
  put: (writer, row) => {
    writer.putInt4(row.organisation);
    writer.putInt8(row.number);
    writer.putInt4(row.source);
    writer.putText(row.id);
    writer.putText(row.caseId);
    writer.putTimestamp(row.knownAt);
    writer.putText(row.payload);
  },
};

const LEDGER: CopyTarget<LedgerEntry> = {
  table: 'ledger',
  columns: [
    ...['organisation', 'known_at', 'cause', 'revalued', 'event', 'sign', 'case_group', 'date', 'assessed'],
    ...['similar_cases', 'cost', 'factor', 'programme_version', 'price_list_version'],
    ...['line_groups', 'years', 'amounts', 'lows', 'highs', 'part', 'resident'],
  ],
  put: (writer, { organisation, knownAt, cause, revalued, part, sign, contribution, resident }) => {
    writer.putInt4(organisation);
    writer.putTimestamp(knownAt);
    writer.putInt8(cause);
    writer.putBoolean(revalued);
    writer.putInt8(contribution.event);
    writer.putInt2(sign);
    writer.putInt4(contribution.group.id);
    writer.putDate(contribution.date);
    writer.putBoolean(contribution.assessed);
    writer.putInt4(contribution.similarCases);
    writer.putInt8(contribution.cost);
    writer.putInt4(contribution.factor);
    writer.putInt8(contribution.programmeVersion);
    if (contribution.priceListVersion === undefined) writer.putNull();
    else writer.putInt8(contribution.priceListVersion);
    const { lines } = contribution;
    writer.putArray(
      'int4',
      lines.map(({ group }) => group.id),
    );
    writer.putArray(
      'int2',
      lines.map(({ year }) => year),
    );
    writer.putArray(
      'numeric',
      lines.map(({ amount }) => amount),
    );
    writer.putArray(
      'numeric',
      lines.map(({ low }) => low),
    );
    writer.putArray(
      'numeric',
      lines.map(({ high }) => high),
    );
    writer.putInt2(partCode(part));
    if (resident === undefined) writer.putNull();
    else writer.putText(resident);
  },
};

const CASE_STATE: CopyTarget<CaseStateRow> = {
  table: 'case_state',
  columns: [
    'organisation',
    'case_id',
    'partition',
    'events',
    'counted',
    'state',
    'programme',
    'contribution',
  ],
  put: (writer, row) => {
    writer.putInt4(row.organisation);
    writer.putText(row.caseId);
    writer.putInt2(row.partition);
    writer.putArray('int8', row.events);
    if (row.counted === undefined) writer.putNull();
    else writer.putInt8(row.counted);
    putOptionalText(row.state);
    putOptionalText(row.programme);
    putOptionalText(row.contribution && storeContribution(row.contribution));

    function putOptionalText(value: string | undefined): void {
      if (value === undefined) writer.putNull();
      else writer.putText(value);
    }
  },
};

/** A batch in the form in which it is sent, made before its transaction starts. */
export interface EncodedBatch extends Omit<Batch, 'events' | 'entries' | 'newCases'> {
  copies: readonly EncodedCopy[];
  totals: TotalChanges;
  sources: SourceChanges;
}

/** The work on a batch that needs no connection. The groups of its contributions must have their ids. */
export function encodeBatch({ events, entries, newCases, ...rest }: Batch): EncodedBatch {
  const copies = [encodeCopy(EVENT, events), encodeCopy(LEDGER, entries), encodeCopy(CASE_STATE, newCases)];
  const sums = new EntrySums();
  const sourceSums = new SourceSums();
  for (const entry of entries) {
    sums.add(entry);
    sourceSums.add(entry);
  }
  const totals = { cases: sums.cases(), savings: sums.savings() };
  const sources = { totals: sourceSums.changes(), deliveries: deliveriesOf(events) };
  return { ...rest, copies, totals, sources };
}

/**
 * Writes a batch: events, ledger entries, case states, running totals, what sources delivered, quarantine. `client` is
 * the connection that `tx` runs on, for COPY.
 */
export async function writeBatch(
  tx: Transaction<Database>,
  client: Client,
  batch: EncodedBatch,
): Promise<void> {
  for (const copy of batch.copies) await copyInto(client, copy);
  await updateCases(tx, batch.changedCases);
  await releaseQuarantine(tx, batch.released);
  await insertQuarantine(tx, batch.quarantined);
  for (const { number, detail, knownAt, payload } of batch.unreadable) {
    await sql`INSERT INTO unreadable (number, detail, known_at, payload)
      VALUES (${number}, ${detail}, ${timestamp(knownAt)}, ${payload}) ON CONFLICT DO NOTHING`.execute(tx);
  }
  await addToTotals(tx, batch.totals);
  await addToSources(tx, batch.sources);
}

/** Microseconds since 1970 as a timestamptz expression, exact. */
export function timestamp(micros: Micros) {
  return sql<Date>`(timestamptz 'epoch' + ${micros.toString()}::bigint * interval '1 microsecond')`;
}

async function updateCases(tx: Transaction<Database>, rows: readonly CaseStateRow[]): Promise<void> {
  if (rows.length === 0) return;
  const updated = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    case_id: ['text', (row) => row.caseId],
    events: ['text', (row) => `{${row.events.join(',')}}`],
    counted: ['int8', (row) => row.counted],
    state: ['text', (row) => row.state],
    programme: ['text', (row) => row.programme],
    contribution: ['text', (row) => row.contribution && storeContribution(row.contribution)],
  });
  await sql`UPDATE case_state c SET events = u.events::bigint[], counted = u.counted, state = u.state,
      programme = u.programme, contribution = u.contribution
    FROM ${updated} WHERE c.organisation = u.organisation AND c.case_id = u.case_id`.execute(tx);
}
