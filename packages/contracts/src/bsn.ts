const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1] as const;

/** Groups of digits with at most two dots or spaces between them (also the unbreakable and narrow spaces). */
const CHAIN = /\d+(?:[.\p{Zs}]{1,2}\d+)*/gu;
const SEPARATORS = /[.\p{Zs}]+/u;

/**
 * The 11-test of a citizen service number: 9A + 8B + 7C + 6D + 5E + 4F + 3G + 2H − I is divisible by 11 and
 * not all digits are zero. Source: Rijksdienst voor Identiteitsgegevens, Logisch Ontwerp BSN.
 */
export function isBsn(nineDigits: string): boolean {
  if (nineDigits === '000000000') return false;
  let sum = 0;
  for (const [i, weight] of WEIGHTS.entries()) sum += weight * (nineDigits.charCodeAt(i) - 48);
  return sum % 11 === 0;
}

/**
 * Whether a valid BSN stands in `text`: nine digits that touch no other digit, in one run or in groups with
 * dots or spaces between them. With `runsOnly`, groups are not read together.
 */
export function holdsBsn(text: string, runsOnly = false): boolean {
  if (text.length < 9) return false;
  for (const [chain] of text.matchAll(CHAIN)) {
    const groups = chain.split(SEPARATORS);
    if (runsOnly ? groups.some(isNineDigitBsn) : neighboursHoldBsn(groups)) return true;
  }
  return false;
}

function isNineDigitBsn(group: string): boolean {
  return group.length === 9 && isBsn(group);
}

function neighboursHoldBsn(groups: readonly string[]): boolean {
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 9; last++) digits += groups[last];
    if (isNineDigitBsn(digits)) return true;
  }
  return false;
}
