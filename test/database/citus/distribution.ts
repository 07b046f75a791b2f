/** Where each table would be on a Citus cluster. */

/** Spread over the workers by `organisation`: all that an organisation has is on one of them. */
export const DISTRIBUTED: ReadonlySet<string> = new Set([
  ...['event', 'ledger', 'case_state', 'quarantine', 'quarantine_entry'],
  ...['theme_group', 'case_group', 'line_group'],
  ...['case_total', 'case_year', 'saving_total', 'saving_year', 'source_total', 'source_delivery'],
  ...['closing', 'closing_erased'],
]);

/** Small, and joined everywhere: a copy on every worker. */
export const REFERENCE: ReadonlySet<string> = new Set([
  ...['organisation', 'source', 'municipality', 'calendar_month', 'settings', 'erasure'],
]);

/** What the calculators keep of their own work: on the coordinator, and never joined with the others. */
export const ON_COORDINATOR: ReadonlySet<string> = new Set([
  ...['stream', 'partition_position', 'settings_message', 'unreadable'],
  ...['verification', 'migration', 'erased_case', 'erasure_salt'],
  ...['claim_comparison', 'double_claim'],
]);
