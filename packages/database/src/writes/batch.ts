/** The writes of one batch. All of them belong in one transaction, with the position (position.ts). */
import { sql, type Transaction } from 'kysely';
import type { Client } from 'pg';
import type { LedgerPart } from '../ledger-part.ts';
import type { CaseState, Database } from '../tables.ts';
import { CASE_STATE, EVENT, LEDGER } from './batch-rows.ts';
import { type Contribution, contributionText } from './contribution.ts';
import { CopyEncoder, copyInto, type EncodedCopy } from './copy.ts';
import { EntrySums } from './entry-sums.ts';
import { insertQuarantine, releaseQuarantine } from './quarantine.ts';
import { Deliveries, SourceSums } from './source-sums.ts';
import { addToSources, type SourceChanges } from './source-totals.ts';
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
  /** As text, or its UTF-8. */
  payload: string | Buffer;
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

/** A batch in the form in which it is sent, made before its transaction starts. */
export interface EncodedBatch extends Omit<Batch, 'events' | 'entries' | 'newCases'> {
  copies: readonly EncodedCopy[];
  totals: TotalChanges;
  sources: SourceChanges;
}

/** The work on a batch that needs no connection, part by part: what was added need not be kept. */
export class BatchEncoder {
  readonly #events = new CopyEncoder(EVENT);
  readonly #entries = new CopyEncoder(LEDGER);
  readonly #newCases = new CopyEncoder(CASE_STATE);
  readonly #sums = new EntrySums();
  readonly #sources = new SourceSums();
  readonly #deliveries = new Deliveries();

  addEvent(event: EventRow): void {
    this.#events.add(event);
    this.#deliveries.add(event);
  }

  /** The groups of its contribution must have their ids; so for a case. */
  addEntry(entry: LedgerEntry): void {
    this.#entries.add(entry);
    this.#sums.add(entry);
    this.#sources.add(entry);
  }

  addNewCase(row: CaseStateRow): void {
    this.#newCases.add(row);
  }

  /** The batch, with the rest of it. Nothing can be added any more. */
  encoded(rest: Omit<Batch, 'events' | 'entries' | 'newCases'>): EncodedBatch {
    const copies = [this.#events, this.#entries, this.#newCases].map((rows) => rows.encoded());
    const totals = { cases: this.#sums.cases(), savings: this.#sums.savings() };
    const sources = { totals: this.#sources.changes(), deliveries: this.#deliveries.all() };
    return { ...rest, copies, totals, sources };
  }
}

/** A whole batch at once. The groups of its contributions must have their ids. */
export function encodeBatch({ events, entries, newCases, ...rest }: Batch): EncodedBatch {
  const encoder = new BatchEncoder();
  for (const event of events) encoder.addEvent(event);
  for (const entry of entries) encoder.addEntry(entry);
  for (const row of newCases) encoder.addNewCase(row);
  return encoder.encoded(rest);
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
  await copyInto(client, batch.copies);
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
    contribution: ['text', (row) => row.contribution && contributionText(row.contribution)],
  });
  await sql`UPDATE case_state c SET events = u.events::bigint[], counted = u.counted, state = u.state,
      programme = u.programme, contribution = u.contribution
    FROM ${updated} WHERE c.organisation = u.organisation AND c.case_id = u.case_id`.execute(tx);
}
