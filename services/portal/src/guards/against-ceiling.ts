/** What is claimed of a service, held against what was really used or spent. */
import {
  CORRECTED_DECIMALS,
  divideRounded,
  formatDecimal,
  GROSS_DECIMALS,
  parseDecimal,
  parseEuros,
} from '@effectstroom/valuation';
import { grossEuros } from '../euros.ts';

const QUANTITY_DECIMALS = 4;
const UNITS = 10n ** BigInt(QUANTITY_DECIMALS);

/** What is claimed at one unit price: micro-euros, and ten-thousandths of these after correction. */
export interface Claimed {
  price: bigint;
  gross: bigint;
  corrected: bigint;
}

/** A number as dividend and divisor. */
interface Ratio {
  over: bigint;
  under: bigint;
}

/**
 * The share of a ceiling that is claimed, and what is above it. The quantity is the sum of gross ÷ unit
 * price: what A × B leaves of the quantities, for all similar cases. The part above the ceiling is the same
 * part of gross and of corrected. All is computed exactly and rounded once.
 */
export function againstCeiling(
  claims: readonly Claimed[],
  ceiling: { quantity?: string | undefined; amount?: string | undefined },
) {
  const gross = claims.reduce((sum, one) => sum + one.gross, 0n);
  const corrected = claims.reduce((sum, one) => sum + one.corrected, 0n);
  const { quantity, amount } = ceiling;
  const claimed = quantity === undefined ? { over: gross, under: 1n } : quantityOf(claims);
  const limit =
    quantity === undefined
      ? { over: parseEuros(amount ?? '0'), under: 1n }
      : { over: parseDecimal(quantity, QUANTITY_DECIMALS), under: UNITS };
  const excess = claimed.over * limit.under - limit.over * claimed.under;
  const over = excess > 0n;
  const part = over ? { over: excess, under: claimed.over * limit.under } : { over: 0n, under: 1n };
  const unitsOf = (ratio: Ratio) => (quantity === undefined ? null : written(ratio));
  return {
    ceiling: {
      quantity: quantity === undefined ? null : written(limit),
      amount: amount === undefined ? null : grossEuros(limit.over),
    },
    figures: {
      claimed: { quantity: unitsOf(claimed), ...euros({ gross, corrected }, { over: 1n, under: 1n }) },
      share:
        limit.over === 0n
          ? null
          : written({ over: claimed.over * limit.under, under: claimed.under * limit.over }),
      over,
      above: {
        quantity: unitsOf(
          over ? { over: excess, under: claimed.under * limit.under } : { over: 0n, under: 1n },
        ),
        ...euros({ gross, corrected }, part),
      },
    },
  };
}

function quantityOf(claims: readonly Claimed[]): Ratio {
  return claims.reduce<Ratio>(
    ({ over, under }, { gross, price }) => ({ over: over * price + gross * under, under: under * price }),
    { over: 0n, under: 1n },
  );
}

function written({ over, under }: Ratio): string {
  return formatDecimal(divideRounded(over * UNITS, under), QUANTITY_DECIMALS, QUANTITY_DECIMALS);
}

function euros({ gross, corrected }: Omit<Claimed, 'price'>, { over, under }: Ratio) {
  const cents = (value: bigint, decimals: number) =>
    formatDecimal(divideRounded(value * over * 100n, under * 10n ** BigInt(decimals)), 2, 2);
  return { gross: cents(gross, GROSS_DECIMALS), corrected: cents(corrected, CORRECTED_DECIMALS) };
}
