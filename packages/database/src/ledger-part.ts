/** Why a ledger entry was made: the part of a change that it belongs to. */

/** Codes as they are stored; they are never given another meaning. */
const CODES = {
  /** The case starts to count. */
  new: 1,
  /** The event says something else than the one before: other lines, group, date or similar cases. */
  corrected: 2,
  /** The case stops to count. */
  withdrawn: 3,
  /** Another unit price or stated amount. */
  price: 4,
  /** Another likelihood, contribution, deadweight, displacement or drop-off. */
  percentage: 5,
  /** Another quantity. */
  quantity: 6,
  /** Another correction factor. */
  factor: 7,
  /** Other settings: following years, cost bearers, discount, range; or settings that a case needed came or went. */
  settings: 8,
  /** The case was erased. */
  erasure: 9,
  /** A newer version of the program tells more of the same contribution: moves no amount. */
  software: 10,
} as const;

export type LedgerPart = keyof typeof CODES;

/** Every part, in the order in which answers list them. */
export const LEDGER_PARTS = Object.keys(CODES) as LedgerPart[];

/** The code that the ledger keeps. */
export function partCode(part: LedgerPart): number {
  return CODES[part];
}

/** The part of a code. @throws RangeError where the code is unknown. */
export function partOf(code: number): LedgerPart {
  const part = LEDGER_PARTS.find((name) => CODES[name] === code);
  if (part === undefined) throw new RangeError(`No ledger part has the code ${code}`);
  return part;
}
