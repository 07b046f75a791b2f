export type { CaseLine } from './line-terms.ts';
export { type Discount, type RangeSteps, type ValuedLine, valuesInRange } from './line-value.ts';
export {
  CORRECTED_DECIMALS,
  divideRounded,
  EURO,
  formatDecimal,
  GROSS_DECIMALS,
  parseDecimal,
  parseEuros,
} from './money.ts';
export type { Reason, Refusal } from './refusal.ts';
export {
  inForce,
  type Level,
  type PriceListItem,
  type PriceListSettings,
  type ProgrammeSettings,
} from './settings.ts';
export {
  type AssessedCase,
  type CaseCodes,
  checkCodes,
  type LineContribution,
  type Valuation,
  valueCase,
} from './value-case.ts';
