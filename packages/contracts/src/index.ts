export * from './answers/case-history.ts';
export { DIMENSIONS, type Dimension, LINE_DIMENSIONS, TIME_DIMENSIONS } from './answers/dimensions.ts';
export { portalOpenApi } from './answers/openapi.ts';
export { PAGE_ROWS, pageQuerySchema, parseQuery } from './answers/page.ts';
export { problemSchema } from './answers/problem.ts';
export * from './answers/quarantine.ts';
export * from './answers/savings.ts';
export { parseSavingsQuery, type SavingsQuery, type View } from './answers/savings-query.ts';
export * from './answers/settings.ts';
export * from './answers/status.ts';
export { asyncApi } from './asyncapi.ts';
export { holdsBsn } from './bsn.ts';
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
export { type CaseCheck, type CaseResult, checkCaseEvent, parseCaseEvent } from './check-case-event.ts';
export {
  checkDeliveries,
  checkPriceList,
  checkProgramme,
  deliveriesEvent,
  parseSettingsEvent,
  priceListEvent,
  programmeEvent,
  quarantineEvent,
  type SettingsResult,
} from './check-settings.ts';
export * from './deliveries/answer.ts';
export { type Days, type Due, isDelivered, lastDue } from './deliveries/due.ts';
export {
  type Deliveries,
  deliveriesAddressSchema,
  type ExpectedSource,
  type Rhythm,
} from './deliveries/expected-deliveries.ts';
export { type Fault, type FaultCode, FaultsError, nameForDetail, pointerTo } from './fault.ts';
export { DUTCH_FAULTS, faultInDutch } from './fault-words.ts';
export * from './imports/index.ts';
export { JSON_SCHEMA_NAMES, type JsonDocument, jsonSchema } from './json-schemas.ts';
export type { TextFault } from './json-text-faults.ts';
export * from './keys/index.ts';
export { LIMITS } from './limits.ts';
export * from './mapping/index.ts';
export { type Advice, nlGovAdvice } from './nl-gov.ts';
export { type AdviceLevel, NL_GOV_RULES, type NlGovRule } from './nl-gov-rules.ts';
export { ingestOpenApi } from './openapi-ingest.ts';
export { holdsPersonalData } from './personal-data/kinds.ts';
export { personalDataFaults } from './personal-data/personal-data-faults.ts';
export { checkQuarantineDecisions, type QuarantineDecision } from './quarantine-decision.ts';
export { type JsonText, readJson } from './read-json.ts';
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
