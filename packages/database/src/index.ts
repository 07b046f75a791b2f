export { type ConnectOptions, connect, openSession, type Session } from './connect.ts';
export { type EventPlace, eventNumber, eventPlace } from './event-number.ts';
export { isMigrated, migrate, SchemaMismatch } from './migrate.ts';
export {
  type CaseHistory,
  type EntryLine,
  type HistoryEntry,
  type HistoryEvent,
  readCaseHistory,
} from './reads/case-history.ts';
export {
  countQuarantineBySource,
  countQuarantineOfPeriod,
  type LastDelivery,
  type QuarantinedOf,
  type QuarantineQuestion,
  readDelivered,
  readExpectedDeliveries,
  readLastDeliveries,
  readOrganisationsIn,
  readSourceMonths,
  type SourceMonth,
  type SourceOf,
} from './reads/deliveries.ts';
export { isLeapYear, overlap, type Period, periodNamed } from './reads/period.ts';
export { type Progress, type Reached, readKnown, readProgress, readReached } from './reads/progress.ts';
export {
  countQuarantine,
  countUnreadable,
  type QuarantinedEvent,
  type QuarantinePlace,
  type QuarantineScope,
  readQuarantine,
} from './reads/quarantine.ts';
export { type ReadSavingsOptions, readSavings, type SavingsCells } from './reads/savings.ts';
export {
  type CaseCell,
  type CaseCounts,
  type Group,
  type SavingsCell,
  TooManyCellsError,
} from './reads/savings-cells.ts';
export type { SavingsQuestion } from './reads/savings-question.ts';
export {
  type ProgrammeScope,
  readProgrammes,
  readSettingsHistory,
  readSettingsPage,
  type SettingsPage,
  type SettingsRecord,
} from './reads/settings-history.ts';
export { inSnapshot } from './reads/snapshot.ts';
export type * from './tables.ts';
export {
  type Batch,
  type CaseStateRow,
  type EncodedBatch,
  type EventRow,
  encodeBatch,
  type LedgerEntry,
  type Micros,
  type QuarantineRow,
  type UnreadableRow,
  writeBatch,
} from './writes/batch.ts';
export { arrayOf } from './writes/binary.ts';
export {
  type CaseKey,
  type CasePage,
  type Identity,
  type RecordedCase,
  type RecordedEvent,
  readCaseOfEvent,
  readCases,
  readCasesAfter,
  readIdentities,
  readProgrammeCases,
} from './writes/cases.ts';
export { Codes } from './writes/codes.ts';
export { type Contribution, type ContributionLine, sameContribution } from './writes/contribution.ts';
export {
  type CaseDimensions,
  type CaseGroup,
  Groups,
  type LineDimensions,
  type LineGroup,
} from './writes/groups.ts';
export {
  keepCursor,
  lockPartitions,
  moveKnownAt,
  movePositions,
  newestEpoch,
  openEpoch,
  type Position,
  type PositionTarget,
  readPositions,
  type StreamIdentity,
  settingsApplied,
} from './writes/position.ts';
export { moveIdentityConflicts, type SentIdentity } from './writes/quarantine.ts';
export {
  readSettings,
  readSettingsBetween,
  recordSettings,
  recordSettingsMessage,
  type SettingsVersion,
} from './writes/settings.ts';
export {
  readSourceTotals,
  type SourceChange,
  SourceSums,
  sourceFaults,
} from './writes/source-totals.ts';
export { type CaseChange, EntrySums, readTotals, type SavingChange } from './writes/totals.ts';
export {
  eventFaults,
  ledgerFaults,
  recordVerification,
  totalFaults,
  underVerifyLock,
  type Verification,
} from './writes/verification.ts';
