export { type ConnectOptions, connect, openSession, type Session } from './connect.ts';
export { type EventPlace, eventNumber, eventPlace } from './event-number.ts';
export { LEDGER_PARTS, type LedgerPart, partCode, partOf } from './ledger-part.ts';
export { isMigrated, migrate, SchemaMismatch } from './migrate.ts';
export { isOutdated } from './prepared-statements.ts';
export {
  type CaseHistory,
  type EntryLine,
  type HistoryEntry,
  type HistoryEvent,
  readCaseHistory,
} from './reads/case-history.ts';
export { readRevisions } from './reads/case-revisions.ts';
export { readCompared } from './reads/claim-comparisons.ts';
export { DOUBLE_CLAIM_MONTHS } from './reads/claims.ts';
export { linesAt, readClosingPlaces } from './reads/closing-lines.ts';
export { ClosingPlaces, type LinePlace } from './reads/closing-places.ts';
export {
  addedUp,
  type LedgerSpan,
  type LedgerSum,
  type LedgerSumRow,
  readLedgerSums,
} from './reads/closing-sums.ts';
export {
  type ClosingRecord,
  type ClosingsPage,
  daysOf,
  isClosedAt,
  readClosing,
  readClosingSettings,
  readClosings,
  readErasedLines,
  readPayloads,
  readUnsealedClosings,
} from './reads/closings.ts';
export { readEndOfDay } from './reads/compare-age.ts';
export {
  type Moments,
  type MovedAmounts,
  type MovedCases,
  readMoments,
  readSettingsNames,
  type SettingsName,
} from './reads/compare-moments.ts';
export { type EditionOn, type PricesOn, readEditionsOn } from './reads/compare-prices.ts';
export {
  type PurseAmounts,
  readSegments,
  type SegmentAmounts,
  type SegmentCases,
  type Segments,
} from './reads/compare-segments.ts';
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
export { findErasedCase, readCaseQuarantine } from './reads/erased-case.ts';
export { type ErasureRow, readErasure, readErasures } from './reads/erasures.ts';
export {
  type CasePlace,
  type CaseSum,
  type CaseSumsPage,
  readCasePage,
} from './reads/explain-cases.ts';
export type { Figure } from './reads/explain-rows.ts';
export { type ChosenGroup, type GroupSum, readGroupSums, readStepSums } from './reads/explain-sums.ts';
export { type ClaimedService, readClaimedServices } from './reads/guards-ceilings.ts';
export {
  type DoubleClaim,
  type DoubleClaimPlace,
  type DoubleClaims,
  readDoubleClaims,
} from './reads/guards-double-claims.ts';
export {
  FOLLOW_UP_MEMBERS,
  FOLLOW_UP_MONTHS,
  type FollowUpCell,
  type FollowUpGroup,
  type Outcomes,
  readFollowUps,
} from './reads/guards-follow-up.ts';
export type { GuardQuestion } from './reads/guards-scope.ts';
export { type CaseMeans, type PercentageCount, readSpread, type Spread } from './reads/guards-spread.ts';
export { readMunicipalities } from './reads/municipalities.ts';
export { readNewestSettings } from './reads/newest-settings.ts';
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
export { type PricedCell, readPricedCells, readPriceLists } from './reads/savings-prices.ts';
export type { SavingsQuestion } from './reads/savings-question.ts';
export type { StratumCell } from './reads/savings-strata.ts';
export {
  type ProgrammeScope,
  readProgrammes,
  readSettingsHistory,
  readSettingsPage,
  type SettingsPage,
  type SettingsRecord,
} from './reads/settings-history.ts';
export { inSnapshot } from './reads/snapshot.ts';
export { type GroupCounts, readCaseGroups, readDividedGroups } from './reads/suppression.ts';
export {
  type DrawnCase,
  type ListedCase,
  readSample,
  readWorklist,
  type WorklistPlace,
} from './reads/worklist.ts';
export { type CountedAssessment, readAssessed } from './reads/worklist-assessed.ts';
export type { AssessingScope } from './reads/worklist-scope.ts';
export {
  type RecordedArrival,
  readArrivals,
  readDecidingSettings,
  readOrganisations,
  readPartitionCount,
} from './rebuild/record.ts';
export { countLostEvents, replaceByRecord, type TableDifference } from './rebuild/replace.ts';
export { dropSideTables, finishSideTables, makeSideTables, SIDE_SCHEMA } from './rebuild/side-tables.ts';
export { createReportingRole, REPORTING_ROLE, reportingUrl } from './reporting-role.ts';
export type { ServerRole } from './servers/choose-server.ts';
export { createReaders, type Readers, type ReadersOptions } from './servers/readers.ts';
export type { ReadSource } from './servers/watched-server.ts';
export type * from './tables.ts';
export {
  type Batch,
  BatchEncoder,
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
export { CaseUpdates, type EncodedCaseUpdates, updateCases } from './writes/case-updates.ts';
export {
  type CaseKey,
  type CaseRow,
  type Identity,
  loadCases,
  type RecordedCase,
  type RecordedEvent,
  readCaseOfEvent,
  readCases,
  readCasesAfter,
  readIdentities,
  readPartitionCases,
} from './writes/cases.ts';
export { type Comparison, compareClaims } from './writes/claim-comparison.ts';
export {
  type ClosedEvent,
  keepErasedLines,
  readClosedEvents,
  recordClosing,
  type Seal,
  sealClosing,
} from './writes/closings.ts';
export { Codes } from './writes/codes.ts';
export { type Contribution, type ContributionLine, sameContribution } from './writes/contribution.ts';
export { CopyEncoder, copyInto } from './writes/copy.ts';
export { EntrySums } from './writes/entry-sums.ts';
export {
  countDropped,
  type DroppedEvents,
  type ErasedCase,
  KEPT_OUT_HOURS,
  readErasedCases,
  readErasureSalt,
  removeErasedCases,
} from './writes/erased-cases.ts';
export {
  completeErasure,
  type ErasedIdentity,
  type ErasureCorrection,
  isFound,
  recordErasure,
  removeTraces,
} from './writes/erasure.ts';
export {
  type CaseDimensions,
  type CaseGroup,
  Groups,
  type LineDimensions,
  type LineGroup,
} from './writes/groups.ts';
export { requireIdentityKey } from './writes/identity-key.ts';
export { underJobLock } from './writes/job-lock.ts';
export { lockPartitions, PARTITION_LOCK, unlockPartitions } from './writes/partition-locks.ts';
export {
  keepCursor,
  keepUpgradeCursor,
  moveKnownAt,
  movePositions,
  type Position,
  type PositionTarget,
  readPositions,
  settingsApplied,
  VALUATION_VERSION,
  valuationUpgraded,
} from './writes/position.ts';
export { type CasePage, readLineGroupsOf, readProgrammePage } from './writes/programme-cases.ts';
export { moveIdentityConflicts, type SentIdentity } from './writes/quarantine.ts';
export {
  readNewestValuing,
  readSettings,
  readSettingsBetween,
  recordSettings,
  recordSettingsMessage,
  type SettingsVersion,
} from './writes/settings.ts';
export { countWorkers, endSilentWorkers, joinWorkers, type Workers } from './writes/share.ts';
export { type SourceChange, SourceSums } from './writes/source-sums.ts';
export { readSourceTotals, sourceFaults } from './writes/source-totals.ts';
export {
  type MetStream,
  newestEpoch,
  openEpoch,
  readMetStream,
  type StreamIdentity,
} from './writes/stream-epoch.ts';
export type { CaseChange, SavingChange } from './writes/total-changes.ts';
export { readTotals } from './writes/totals.ts';
export {
  eventFaults,
  ledgerFaults,
  recordVerification,
  totalFaults,
  underVerifyLock,
  type Verification,
} from './writes/verification.ts';
