/** Reading cases back, as the calculator needs them to decide what counts. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CaseState, Database } from '../tables.ts';
import type { Micros } from './batch.ts';
import { arrayOf } from './binary.ts';
import { type Contribution, readContribution } from './contribution.ts';
import { readKeyPage } from './key-page.ts';
import { unnestRows } from './unnest.ts';

export interface RecordedEvent {
  number: bigint;
  source: number;
  knownAt: Micros;
  payload: string;
  /** Why it is in quarantine, where it is. */
  reason: string | undefined;
  detail: string | undefined;
}

export interface RecordedCase {
  organisation: number;
  caseId: string;
  partition: number;
  events: RecordedEvent[];
  counted: bigint | undefined;
  state: CaseState | undefined;
  programme: string | undefined;
  contribution: Contribution | undefined;
}

export interface CaseKey {
  organisation: number;
  caseId: string;
}

export interface Identity {
  organisation: number;
  source: number;
  id: string;
}

/** Of these identities, those that are recorded, with their content. */
export async function readIdentities(
  db: Kysely<Database>,
  identities: readonly Identity[],
): Promise<(Identity & { payload: string })[]> {
  const asked = unnestRows('k', identities, {
    organisation: ['int4', ({ organisation }) => organisation],
    source: ['int4', ({ source }) => source],
    id: ['text', ({ id }) => id],
  });
  const { rows } = await sql<Identity & { payload: string }>`
    SELECT e.organisation, e.source, e.id, e.payload FROM ${asked}
    JOIN event e ON e.organisation = k.organisation AND e.source = k.source AND e.id = k.id`.execute(db);
  return rows;
}

/** Of these cases, those that exist. */
export async function readCases(db: Kysely<Database>, keys: readonly CaseKey[]): Promise<RecordedCase[]> {
  const asked = unnestRows('k', keys, {
    organisation: ['int4', ({ organisation }) => organisation],
    case_id: ['text', ({ caseId }) => caseId],
  });
  return load(
    db,
    sql<CaseRow>`SELECT c.* FROM ${asked}
    JOIN case_state c ON c.organisation = k.organisation AND c.case_id = k.case_id`,
  );
}

/** The case of which an event with this identity is recorded, where it lies in one of these partitions. */
export async function readCaseOfEvent(
  db: Kysely<Database>,
  { organisation, source, id }: { organisation: string; source: string; id: string },
  partitions: readonly number[],
): Promise<RecordedCase | undefined> {
  const [recorded] = await load(
    db,
    sql<CaseRow>`SELECT c.* FROM event e
    JOIN organisation o ON o.id = e.organisation JOIN source s ON s.id = e.source
    JOIN case_state c ON c.organisation = e.organisation AND c.case_id = e.case_id
    WHERE o.code = ${organisation} AND s.uri = ${source} AND e.id = ${id}
      AND c.partition = ANY(${arrayOf('int2', partitions)}::smallint[])`,
  );
  return recorded;
}

/** The next cases of these partitions, by key. */
export async function readPartitionCases(
  db: Kysely<Database>,
  partitions: readonly number[],
  after: CaseKey,
  limit: number,
): Promise<RecordedCase[]> {
  const page = sql<CaseRow>`SELECT c.* FROM case_state c
    WHERE (c.organisation, c.case_id) > (${after.organisation}::integer, ${after.caseId})
      AND c.partition = ANY(${arrayOf('int2', partitions)}::smallint[])
    ORDER BY c.organisation, c.case_id LIMIT ${limit}`;
  return loadCases(db, await readKeyPage(db, page));
}

/** All cases, in pages by key, for a check of everything. */
export async function readCasesAfter(
  db: Kysely<Database>,
  after: CaseKey,
  limit: number,
): Promise<RecordedCase[]> {
  return load(
    db,
    sql<CaseRow>`SELECT c.* FROM case_state c
    WHERE (c.organisation, c.case_id) > (${after.organisation}::integer, ${after.caseId})
    ORDER BY c.organisation, c.case_id LIMIT ${limit}`,
  );
}

/** A case without its events, as the table has it. */
export interface CaseRow {
  organisation: number;
  case_id: string;
  partition: number;
  events: bigint[];
  counted: bigint | null;
  state: CaseState | null;
  programme: string | null;
  contribution: string | null;
}

interface EventRow {
  organisation: number;
  number: bigint;
  source: number;
  micros: bigint;
  payload: string;
  reason: string | null;
  detail: string | null;
}

async function load(db: Kysely<Database>, query: RawBuilder<CaseRow>): Promise<RecordedCase[]> {
  return loadCases(db, (await query.execute(db)).rows);
}

/** The cases of these rows, with their events. */
export async function loadCases(db: Kysely<Database>, rows: readonly CaseRow[]): Promise<RecordedCase[]> {
  if (rows.length === 0) return [];
  const keys = rows.flatMap((row) =>
    row.events.map((number) => ({ organisation: row.organisation, number })),
  );
  const asked = unnestRows('k', keys, {
    organisation: ['int4', ({ organisation }) => organisation],
    number: ['int8', ({ number }) => number],
  });
  const events = await sql<EventRow>`SELECT e.organisation, e.number, e.source, e.payload, q.reason, q.detail,
      (extract(epoch FROM e.known_at) * 1000000)::bigint AS micros
    FROM ${asked} JOIN event e ON e.organisation = k.organisation AND e.number = k.number
    LEFT JOIN quarantine q ON q.organisation = e.organisation AND q.number = e.number`.execute(db);
  const byNumber = new Map(events.rows.map((event) => [event.number, event]));
  return rows.map((row) => ({
    organisation: row.organisation,
    caseId: row.case_id,
    partition: row.partition,
    events: row.events.map((number) => {
      const event = byNumber.get(number);
      if (event === undefined) throw new Error(`Event ${number} of a case is not recorded`);
      const { source, micros, payload } = event;
      const [reason, detail] = [event.reason ?? undefined, event.detail ?? undefined];
      return { number, source, knownAt: micros, payload, reason, detail };
    }),
    counted: row.counted ?? undefined,
    state: row.state ?? undefined,
    programme: row.programme ?? undefined,
    contribution: row.contribution === null ? undefined : readContribution(row.contribution),
  }));
}
