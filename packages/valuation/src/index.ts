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
  type CaseLine,
  checkCodes,
  type LineContribution,
  type Reason,
  type Refusal,
  type Valuation,
  valueCase,
} from './value-case.ts';
