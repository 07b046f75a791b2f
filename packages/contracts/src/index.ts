export * from './answers/case-history.ts';
export * from './answers/dimensions.ts';
export { portalOpenApi } from './answers/openapi.ts';
export { PAGE_ROWS, PAGE_ROWS_MAX, pageQuerySchema, parseQuery } from './answers/page.ts';
export { problemSchema } from './answers/problem.ts';
export * from './answers/quarantine.ts';
export * from './answers/savings.ts';
export * from './answers/savings-query.ts';
export * from './answers/settings.ts';
export * from './answers/status.ts';
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
  WELLBEING,
  type WithdrawnData,
} from './case-event.ts';
export { caseEventSchemas, type SentCaseEvent } from './case-event-schema.ts';
export { type CaseCheck, type CaseResult, checkCaseEvent, parseCaseEvent } from './check-case-event.ts';
export {
  checkPriceList,
  checkProgramme,
  parseSettingsEvent,
  priceListEvent,
  programmeEvent,
  type SettingsResult,
} from './check-settings.ts';
export { FAULT_CODES, type Fault, type FaultCode, FaultsError, nameForDetail, pointerTo } from './fault.ts';
export { jsonSchemas } from './json-schema.ts';
export type { TextFault } from './json-text-faults.ts';
export { LIMITS } from './limits.ts';
export { ALWAYS } from './normalise-settings.ts';
export { ingestOpenApi } from './openapi-ingest.ts';
export { type JsonText, readJson } from './read-json.ts';
export {
  type Named,
  type PriceItem,
  type PriceList,
  type Programme,
  type ProgrammeAddress,
  SETTINGS_SOURCE,
  SETTINGS_TYPES,
  type SettingsEvent,
} from './settings-event.ts';
export * from './stream.ts';
export { civilDateAt } from './time.ts';
