/** Exact sums and counts as answers write them. */
import { CORRECTED_DECIMALS, formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';

/** Micro-euros as euros, rounded to cents. */
export function grossEuros(value: bigint): string {
  return formatDecimal(value, GROSS_DECIMALS, 2);
}

/** Ten-thousandths of a micro-euro as euros, rounded to cents. */
export function correctedEuros(value: bigint): string {
  return formatDecimal(value, CORRECTED_DECIMALS, 2);
}

/** Micro-euros as euros, with all decimals. */
export function exactGross(value: bigint): string {
  return formatDecimal(value, GROSS_DECIMALS, GROSS_DECIMALS);
}

/** Ten-thousandths of a micro-euro as euros, with all decimals. */
export function exactCorrected(value: bigint): string {
  return formatDecimal(value, CORRECTED_DECIMALS, CORRECTED_DECIMALS);
}

/** Counts of cases as JSON numbers. */
export function writtenCases({ registered, assessed, represented }: Record<CaseCount, bigint>) {
  return {
    registered: Number(registered),
    assessed: Number(assessed),
    represented: Number(represented),
  };
}

type CaseCount = 'registered' | 'assessed' | 'represented';
