export {
  CORRECTED_DECIMALS,
  divideRounded,
  EURO,
  formatDecimal,
  GROSS_DECIMALS,
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
