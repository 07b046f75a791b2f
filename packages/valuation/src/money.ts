/**
 * Exact money: amounts are bigints of micro-euros (0.000001 €). No float ever holds an amount.
 */

/** 1 € in micro-euros. */
export const EURO = 1_000_000n;

/** Decimals of a corrected sum: micro-euros times a factor of four decimals. */
export const CORRECTED_DECIMALS = 10;

/** Decimals of a gross sum: micro-euros. */
export const GROSS_DECIMALS = 6;

/** A whole number of so many digits is exact in whatever form it is added up. */
const SMALL_DIGITS_MAX = 15;
const [ZERO, NINE, POINT, MINUS] = [48, 57, 46, 45] as const;

/**
 * Reads a decimal string as an integer of `10^-decimals`: `parseDecimal('1.25', 4)` is `12500n`.
 * @throws RangeError where the text is no plain decimal or has more decimals than asked for.
 */
export function parseDecimal(text: string, decimals: number): bigint {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  let small = 0; // right as long as there are few digits
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) small = small * 10 + (code - ZERO);
    else if (code === POINT && point < 0) point = at;
    else throw notDecimal(decimals);
  }
  const end = point < 0 ? text.length : point;
  const fraction = point < 0 ? 0 : text.length - point - 1;
  if (end === start || (fraction === 0) !== point < 0 || fraction > decimals) throw notDecimal(decimals);
  for (let missing = decimals - fraction; missing > 0; missing--) small *= 10;
  const isSmall = end - start + decimals <= SMALL_DIGITS_MAX;
  const magnitude = isSmall
    ? BigInt(small)
    : BigInt(text.slice(start, end) + text.slice(end + 1).padEnd(decimals, '0'));
  return start === 1 ? -magnitude : magnitude;
}

function notDecimal(decimals: number): RangeError {
  return new RangeError(`Not a decimal of at most ${decimals} decimals`);
}

/** Reads euros, at most six decimals, as micro-euros. @throws RangeError as {@link parseDecimal}. */
export function parseEuros(text: string): bigint {
  return parseDecimal(text, GROSS_DECIMALS);
}

/**
 * Divides and rounds once to a whole number, half away from zero (design, section 4).
 * @throws RangeError where the divisor is not positive.
 */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError('The divisor must be positive');
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}

/**
 * Writes an integer of `10^-decimals` as a decimal string with `shown` decimals, rounded once,
 * half away from zero: `formatDecimal(1_005_000n, 6, 2)` is `'1.01'`.
 */
export function formatDecimal(value: bigint, decimals: number, shown: number): string {
  const rounded =
    shown >= decimals
      ? value * 10n ** BigInt(shown - decimals)
      : divideRounded(value, 10n ** BigInt(decimals - shown));
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(shown + 1, '0');
  const sign = rounded < 0n ? '-' : '';
  if (shown === 0) return sign + digits;
  return `${sign}${digits.slice(0, -shown)}.${digits.slice(-shown)}`;
}
