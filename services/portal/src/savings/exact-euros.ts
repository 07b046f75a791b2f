/** Arithmetic with what a row divides by. */
import { CORRECTED_DECIMALS, divideRounded, formatDecimal } from '@effectstroom/valuation';
import type { ExactEuros } from './budget.ts';

/** With two decimals. */
export function roundedEuros({ amount, unit }: ExactEuros): string {
  return formatDecimal(divideRounded(amount * 100n, unit), 2, 2);
}

/** Corrected savings ÷ a positive divisor, as a whole number of 10^-decimals. */
export function dividedBy(corrected: bigint, { amount, unit }: ExactEuros, decimals: number): bigint {
  const dividend = corrected * unit * 10n ** BigInt(decimals);
  return divideRounded(dividend, amount * 10n ** BigInt(CORRECTED_DECIMALS));
}

/** Corrected savings less a divisor, in euros. */
export function lessEuros(corrected: bigint, { amount, unit }: ExactEuros): string {
  const scale = 10n ** BigInt(CORRECTED_DECIMALS);
  return roundedEuros({ amount: corrected * unit - amount * scale, unit: unit * scale });
}
