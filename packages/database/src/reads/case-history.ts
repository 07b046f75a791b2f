/** Everything recorded about one case: its events, and the ledger entries they made. */
import { type Kysely, sql } from 'kysely';
import { type LedgerPart, partOf } from '../ledger-part.ts';
import type { CaseState, Database } from '../tables.ts';
import { readSettingsVersions, type SettingsRecord } from './settings-history.ts';
import { utcText } from './snapshot.ts';

export interface HistoryEvent {
  number: bigint;
  /** RFC 3339 in UTC. */
  knownAt: string;
  /** The event as it was published. */
  payload: string;
  /** Why it is in quarantine, where it is. */
  reason: string | null;
  detail: string | null;
}

/** What an entry counts in one year for one cost bearer, kind, effect and cashability. */
export interface EntryLine {
  costBearer: string;
  municipal: boolean;
  recurrence: string;
  effect: string | null;
  cashable: string | null;
  /** Years after the case's date. */
  year: number;
  /** Micro-euros of one case. */
  amount: bigint;
}

export interface HistoryEntry {
  knownAt: string;
  /** Number of the event or the settings that made the entry. */
  cause: bigint;
  revalued: boolean;
  /** Why the entry was made. */
  part: LedgerPart;
  /** Number of the event whose contribution it is. */
  event: bigint;
  sign: number;
  date: string;
  assessed: boolean;
  similarCases: number;
  /** Micro-euros of one case. */
  cost: bigint;
  /** Ten-thousandths. */
  factor: number;
  programmeVersion: bigint;
  priceListVersion: bigint | null;
  lines: EntryLine[];
}

export interface CaseHistory {
  /** Null while all its events are in quarantine. */
  state: CaseState | null;
  /** Number of the event that counts. */
  counted: bigint | null;
  /** In the order in which they became known. */
  events: HistoryEvent[];
  /** In the order in which they were made. */
  entries: HistoryEntry[];
  /** The settings that the entries name, by number. */
  settings: Map<bigint, SettingsRecord>;
}

/** The history of a case; undefined where no event of it was ever recorded. Run it in one snapshot. */
export async function readCaseHistory(
  db: Kysely<Database>,
  organisation: string,
  caseId: string,
): Promise<CaseHistory | undefined> {
  const found = await sql<{
    id: number;
    counted: bigint | null;
    state: CaseState | null;
    events: bigint[] | null;
  }>`
    SELECT o.id, c.counted, c.state, c.events
    FROM organisation o LEFT JOIN case_state c ON c.organisation = o.id AND c.case_id = ${caseId}
    WHERE o.code = ${organisation}`.execute(db);
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const events = await readEvents(db, row.id, caseId, row.events ?? []);
  if (events.length === 0) return undefined;
  const entries = await readEntries(db, row.id, row.events ?? []);
  const numbers = entries.flatMap((entry) => [
    entry.programmeVersion,
    ...(entry.priceListVersion === null ? [] : [entry.priceListVersion]),
    ...(entry.revalued ? [entry.cause] : []),
  ]);
  const settings = await readSettingsVersions(db, [...new Set(numbers)]);
  return {
    state: row.state,
    counted: row.counted,
    events,
    entries,
    settings: new Map(settings.map((record) => [record.number, record])),
  };
}

/** Recorded events, and those that are only in quarantine because their identity was taken. */
async function readEvents(
  db: Kysely<Database>,
  organisation: number,
  caseId: string,
  numbers: readonly bigint[],
): Promise<HistoryEvent[]> {
  const { rows } = await sql<HistoryEvent>`
    SELECT e.number, ${utcText(sql`e.known_at`)} AS "knownAt", e.payload, q.reason, q.detail
    FROM event e LEFT JOIN quarantine q ON q.organisation = e.organisation AND q.number = e.number
    WHERE e.organisation = ${organisation}::integer AND e.number = ANY(${numbers.map(String)}::bigint[])
    UNION ALL
    SELECT q.number, ${utcText(sql`q.known_at`)}, q.payload, q.reason, q.detail
    FROM quarantine q
    WHERE q.organisation = ${organisation}::integer AND q.case_id = ${caseId} AND q.payload IS NOT NULL
    ORDER BY 2, 1`.execute(db);
  return rows;
}

interface EntryRow extends Omit<HistoryEntry, 'lines' | 'part'> {
  part: number;
  line_groups: number[];
  years: number[];
  amounts: string[];
}

async function readEntries(
  db: Kysely<Database>,
  organisation: number,
  numbers: readonly bigint[],
): Promise<HistoryEntry[]> {
  // The ledger is found by date: an entry stands at the date that its event gives.
  const { rows } = await sql<EntryRow>`
    SELECT ${utcText(sql`l.known_at`)} AS "knownAt", l.cause, l.revalued, l.part, l.event, l.sign, l.date, l.assessed,
      l.similar_cases AS "similarCases", l.cost, l.factor, l.programme_version AS "programmeVersion",
      l.price_list_version AS "priceListVersion", l.line_groups, l.years, l.amounts::text[] AS amounts
    FROM ledger l
    WHERE l.organisation = ${organisation}::integer
      AND l.event = ANY(${numbers.map(String)}::bigint[])
      AND l.date = ANY(ARRAY(
        SELECT DISTINCT (e.payload::json -> 'data' ->> 'date')::date FROM event e
        WHERE e.organisation = ${organisation}::integer AND e.number = ANY(${numbers.map(String)}::bigint[])))
    ORDER BY l.known_at, l.cause, l.sign`.execute(db);
  const groups = await readLineGroups(db, organisation, [...new Set(rows.flatMap((row) => row.line_groups))]);
  return rows.map(({ line_groups, years, amounts, part, ...entry }) => ({
    ...entry,
    part: partOf(part),
    lines: line_groups.map((id, place) => {
      const group = groups.get(id);
      if (group === undefined) throw new Error(`Line group ${id} of a ledger entry is missing`);
      return { ...group, year: years[place] ?? 0, amount: BigInt(amounts[place] ?? '0') };
    }),
  }));
}

async function readLineGroups(
  db: Kysely<Database>,
  organisation: number,
  ids: readonly number[],
): Promise<Map<number, Omit<EntryLine, 'year' | 'amount'>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('line_group')
    .select(['id', 'cost_bearer', 'municipal', 'recurrence', 'effect', 'cashable'])
    .where('organisation', '=', organisation)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, cost_bearer: costBearer, ...group }) => [id, { costBearer, ...group }]));
}
