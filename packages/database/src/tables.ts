/** The tables as kysely sees them. PostgreSQL's bigint arrives as bigint, numeric as text, date as 'YYYY-MM-DD'. */
import type { ColumnType, GeneratedAlways } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type Numeric = ColumnType<string, string | bigint, string | bigint>;

export interface StreamTable {
  epoch: number;
  created_at: Date;
  partitions: number;
}

/** Where a half-applied settings message resumes: after this case. */
export interface RevaluationCursor {
  /** Number of the settings message. */
  number: string;
  programme: string;
  caseId: string;
  done: number;
}

export interface PartitionPositionTable {
  partition: number;
  epoch: number;
  sequence: bigint;
  stored_at: Date;
  known_at: Date;
  settings: ColumnType<bigint, bigint | undefined, bigint>;
  revaluation: Json<RevaluationCursor | null>;
  valuation: ColumnType<number, number | undefined, number>;
}

export interface OrganisationTable {
  id: GeneratedAlways<number>;
  code: string;
}

export interface SourceTable {
  id: GeneratedAlways<number>;
  uri: string;
}

export interface SettingsTable {
  number: bigint;
  kind: 'programme' | 'price-list' | 'deliveries' | 'quarantine' | 'closing' | 'erasure' | 'report';
  key: string;
  known_at: Date;
  body: Json<unknown>;
}

export interface SettingsMessageTable {
  id: string;
  number: bigint;
}

export interface EventTable {
  organisation: number;
  number: bigint;
  source: number;
  id: string;
  case_id: string;
  known_at: Date;
  payload: string;
}

export interface ThemeGroupTable {
  organisation: number;
  id: GeneratedAlways<number>;
  key: string;
  municipality: string;
  programme: string;
  theme: string;
  goal: string | null;
  work_type: string | null;
}

export interface CaseGroupTable {
  organisation: number;
  id: GeneratedAlways<number>;
  key: string;
  theme_group: number;
  target_group: string | null;
  support_type: string | null;
  team: string | null;
  area: string | null;
  wellbeing: string | null;
}

export interface LineGroupTable {
  organisation: number;
  id: GeneratedAlways<number>;
  key: string;
  cost_bearer: string;
  municipal: boolean;
  recurrence: string;
  effect: string | null;
  cashable: string | null;
  service: string | null;
  price: bigint | null;
}

export type CaseState = 'registered' | 'assessed' | 'withdrawn';

export interface CaseStateTable {
  organisation: number;
  case_id: string;
  partition: number;
  events: bigint[];
  counted: bigint | null;
  state: CaseState | null;
  programme: string | null;
  contribution: string | null;
}

export interface LedgerTable {
  organisation: number;
  known_at: Date;
  cause: bigint;
  revalued: boolean;
  event: bigint;
  sign: number;
  case_group: number;
  date: string;
  assessed: boolean;
  similar_cases: number;
  cost: bigint;
  factor: number;
  programme_version: bigint;
  price_list_version: bigint | null;
  line_groups: number[];
  years: number[];
  amounts: string[];
  lows: string[];
  highs: string[];
  part: number;
  resident: string | null;
}

export interface CaseTotalTable {
  organisation: number;
  theme_group: number;
  month: string;
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  cost: Numeric;
  weighted_square: Numeric;
  counted_square: Numeric;
}

export interface SavingTotalTable {
  organisation: number;
  theme_group: number;
  month: string;
  line_group: number;
  year: number;
  gross: Numeric;
  corrected: Numeric;
  counted_gross: Numeric;
  counted_corrected: Numeric;
  low: Numeric;
  high: Numeric;
}

/** {@link CaseTotalTable} by year: `month` is its first. */
export type CaseYearTable = CaseTotalTable;

/** {@link SavingTotalTable} by year, and less of lines: `month` is its first. */
export interface SavingYearTable extends Omit<SavingTotalTable, 'line_group'> {
  municipal: boolean;
  recurrence: string;
}

export interface SourceTotalTable {
  organisation: number;
  source: number;
  municipality: string;
  month: string;
  registered: bigint;
  assessed: bigint;
}

export interface SourceDeliveryTable {
  organisation: number;
  source: number;
  day: string;
  first_known_at: Date;
  last_known_at: Date;
  first_number: bigint;
  last_number: bigint;
}

export interface QuarantineTable {
  organisation: number;
  number: bigint;
  reason: string;
  detail: string;
  case_id: string;
  partition: number;
  programme: string;
  known_at: Date;
  payload: string | null;
  source: number;
  date: string | null;
}

export interface QuarantineEntryTable {
  organisation: number;
  known_at: Date;
  number: bigint;
  programme: string;
  date: string | null;
  sign: number;
}

export interface UnreadableTable {
  number: bigint;
  detail: string;
  known_at: Date;
  payload: Buffer;
}

export interface VerificationTable {
  id: GeneratedAlways<bigint>;
  checked_at: ColumnType<Date, never, never>;
  seconds: number;
  cases: bigint;
  faults: Json<string[]>;
}

export interface ClosingTable {
  organisation: number;
  period: string;
  number: bigint;
  known_at: Date;
  note: string | null;
  figures: Json<unknown>;
  cases: bigint | null;
  checksums: Json<unknown>;
  sealed_at: Date | null;
}

export interface ClosingErasedTable {
  organisation: number;
  period: string;
  line: string;
  hash: string;
}

export interface ErasureTable {
  id: string;
  organisation: number;
  number: bigint;
  known_at: Date;
  applied_at: Date | null;
  removed: Json<unknown>;
  correction: Json<unknown>;
}

export interface ErasedCaseTable {
  hash: Buffer;
  erasure: string;
  until: Date;
}

export interface ErasureSaltTable {
  singleton: GeneratedAlways<boolean>;
  salt: Buffer;
}

export interface ClaimComparisonTable {
  known_at: Date;
  other: boolean;
}

export interface DoubleClaimTable {
  organisation: number;
  event: bigint;
  service: string;
  earlier_organisation: number;
  earlier_event: bigint;
  earlier_date: string;
  earlier_team: string | null;
  found_from: Date;
  found_until: Date;
}

/** Names of municipalities by their CBS code. */
export interface MunicipalityTable {
  code: string;
  name: string;
}

export interface Database {
  stream: StreamTable;
  partition_position: PartitionPositionTable;
  organisation: OrganisationTable;
  source: SourceTable;
  settings: SettingsTable;
  settings_message: SettingsMessageTable;
  event: EventTable;
  theme_group: ThemeGroupTable;
  case_group: CaseGroupTable;
  line_group: LineGroupTable;
  case_state: CaseStateTable;
  ledger: LedgerTable;
  case_total: CaseTotalTable;
  saving_total: SavingTotalTable;
  case_year: CaseYearTable;
  saving_year: SavingYearTable;
  source_total: SourceTotalTable;
  source_delivery: SourceDeliveryTable;
  quarantine: QuarantineTable;
  quarantine_entry: QuarantineEntryTable;
  unreadable: UnreadableTable;
  verification: VerificationTable;
  closing: ClosingTable;
  closing_erased: ClosingErasedTable;
  erasure: ErasureTable;
  erased_case: ErasedCaseTable;
  erasure_salt: ErasureSaltTable;
  claim_comparison: ClaimComparisonTable;
  double_claim: DoubleClaimTable;
  municipality: MunicipalityTable;
}
