/** Digits of `value` without exponent; `value` passed a schema of at most four decimals and ten digits. */
function textOf(value: string | number): string {
  if (typeof value === 'string') return value;
  const text = String(value);
  return text.includes('e') ? value.toFixed(4) : text;
}

/** An amount as it is kept: exactly two decimals, `"1250"` → `"1250.00"`. */
export function toMoney(value: string | number): string {
  const text = textOf(value);
  const point = text.indexOf('.');
  if (point === -1) return `${text}.00`;
  return point === text.length - 3 ? text : `${text}0`;
}

/** A quantity as it is kept: without trailing zeros, `"26.50"` → `"26.5"`. */
export function toQuantity(value: string | number): string {
  const text = textOf(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A correction factor as it is kept: exactly four decimals, `"0.9"` → `"0.9000"`. */
export function toFactor(value: string): string {
  const [whole, decimals = ''] = value.split('.');
  return `${whole}.${decimals.padEnd(4, '0')}`;
}
