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
  checkPriceList,
  checkProgramme,
  parseSettingsEvent,
  priceListEvent,
  programmeEvent,
  type SettingsResult,
} from './check-settings.ts';
export { type Fault, type FaultCode, FaultsError, nameForDetail, pointerTo } from './fault.ts';
export type { TextFault } from './json-text-faults.ts';
export { LIMITS } from './limits.ts';
export { ingestOpenApi } from './openapi-ingest.ts';
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
