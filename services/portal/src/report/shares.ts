/** Parts of a whole, exactly, as decimal strings. */
import { divideRounded, formatDecimal, parseDecimal } from '@effectstroom/valuation';

const SHARE_DECIMALS = 4;

/** Euros as answers write them, in cents. */
export function centsOf(euros: string): bigint {
  return parseDecimal(euros, 2);
}

/** Cents as answers write euros. */
export function eurosOf(cents: bigint): string {
  return formatDecimal(cents, 2, 2);
}

/**
 * part ÷ whole with four decimals, rounded half away from zero; null where either is, or the whole is not
 * above 0.
 */
export function shareOf(part: bigint | null, whole: bigint | null): string | null {
  if (part === null || whole === null || whole <= 0n) return null;
  return formatDecimal(
    divideRounded(part * 10n ** BigInt(SHARE_DECIMALS), whole),
    SHARE_DECIMALS,
    SHARE_DECIMALS,
  );
}

/** The sum; null where one is not known. */
export function sumOf(values: readonly (bigint | null)[]): bigint | null {
  return values.reduce<bigint | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0n,
  );
}
