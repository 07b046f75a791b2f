export * from './answers/case-history.ts';
export * from './answers/compare.ts';
export { type CompareQuery, parseCompareQuery } from './answers/compare-query.ts';
export {
  DIMENSIONS,
  type Dimension,
  isDimension,
  LINE_DIMENSIONS,
  TIME_DIMENSIONS,
} from './answers/dimensions.ts';
export * from './answers/explain.ts';
export * from './answers/explain-case.ts';
export {
  type ExplainLevel,
  type ExplainStep,
  isInsideCase,
  isLineLevel,
  writePath,
} from './answers/explain-path.ts';
export { type ExplainFigure, type ExplainQuery, parseExplainQuery } from './answers/explain-query.ts';
export * from './answers/guards.ts';
export {
  ceilingsQuerySchema,
  parseCeilingsQuery,
  parseDoubleClaimsQuery,
  parseFollowUpQuery,
  parseSpreadQuery,
} from './answers/guards-query.ts';
export * from './answers/municipalities.ts';
export { portalOpenApi } from './answers/openapi.ts';
export * from './answers/outlook.ts';
export {
  OUTLOOK_DIMENSIONS,
  type OutlookDimension,
  type OutlookQuery,
  parseOutlookQuery,
} from './answers/outlook-query.ts';
export { PAGE_ROWS, pageQuerySchema, parseQuery } from './answers/page.ts';
export { problemSchema } from './answers/problem.ts';
export * from './answers/quarantine.ts';
export * from './answers/savings.ts';
export { parseSavingsQuery, type SavingsQuery, type View } from './answers/savings-query.ts';
export * from './answers/settings.ts';
export * from './answers/status.ts';
export { SUPPRESSIONS, type Suppression, type SuppressionLimits } from './answers/suppression.ts';
export { type PublicComparison, publicCompareSchema } from './answers/suppression-compare.ts';
export {
  type HiddenSum,
  type PublicExplanation,
  publicExplainSchema,
} from './answers/suppression-explain.ts';
export { type PublicSavings, publicSavingsSchema } from './answers/suppression-savings.ts';
export * from './assessing/index.ts';
export { asyncApi } from './asyncapi.ts';
export { holdsBsn } from './bsn.ts';
export { canonicalJson } from './canonical-json.ts';
export {
  type AssessedData,
  type AvoidedLine,
  CASE_TYPES,
  type CaseBase,
  type CaseEvent,
  type CaseType,
  type CloudEvent,
  type Level,
  type RegisteredData,
  type WithdrawnData,
} from './case-event.ts';
export { caseText } from './case-text.ts';
export { type CaseCheck, type CaseResult, checkCaseEvent, parseCaseEvent } from './check-case-event.ts';
export {
  checkDeliveries,
  checkPriceList,
  checkProgramme,
  checkReportTexts,
  closingEvent,
  deliveriesEvent,
  erasureEvent,
  parseSettingsEvent,
  priceListEvent,
  programmeEvent,
  quarantineEvent,
  reportTextsEvent,
  type SettingsResult,
} from './check-settings.ts';
export { dayNumber, lastDayOfMonth, monthBefore, yearBefore, yearsLater } from './civil-date.ts';
export * from './closings/index.ts';
export * from './deliveries/answer.ts';
export { type Days, type Due, isDelivered, lastDue } from './deliveries/due.ts';
export {
  type Deliveries,
  deliveriesAddressSchema,
  type ExpectedSource,
  type Rhythm,
} from './deliveries/expected-deliveries.ts';
export * from './erasures/index.ts';
export {
  type Fault,
  type FaultCode,
  FaultsError,
  isNameRepeatable,
  nameForDetail,
  pointerTo,
} from './fault.ts';
export { DUTCH_FAULTS, faultInDutch } from './fault-words.ts';
export * from './imports/index.ts';
export { JSON_SCHEMA_NAMES, type JsonDocument, jsonSchema } from './json-schemas.ts';
export type { TextFault } from './json-text-faults.ts';
export * from './keys/index.ts';
export { ledgerPartSchema } from './ledger-part.ts';
export { LIMITS } from './limits.ts';
export * from './mapping/index.ts';
export { type Advice, nlGovAdvice } from './nl-gov.ts';
export { type AdviceLevel, NL_GOV_RULES, type NlGovRule } from './nl-gov-rules.ts';
export { ingestOpenApi } from './openapi-ingest.ts';
export { holdsPersonalData } from './personal-data/kinds.ts';
export { personalDataFaults } from './personal-data/personal-data-faults.ts';
export * from './price-list-file/index.ts';
export { checkQuarantineDecisions, type QuarantineDecision } from './quarantine-decision.ts';
export { QUARANTINE_REASONS } from './quarantine-reasons.ts';
export { type JsonText, readJson } from './read-json.ts';
export { reportTextsHistorySchema } from './report-texts/answer.ts';
export type { ReportTexts } from './report-texts/report-texts.ts';
export * from './reports/index.ts';
export {
  type Named,
  type PriceItem,
  type PriceList,
  type Programme,
  type ProgrammeAddress,
  SETTINGS_TYPES,
  type SettingsEvent,
} from './settings-event.ts';
export * from './stream.ts';
export { civilDateAt } from './time.ts';
export * from './zaken/index.ts';
