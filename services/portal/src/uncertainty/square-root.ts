/** The square root of a whole number, rounded down (Newton's method). @throws RangeError below 0. */
export function squareRoot(value: bigint): bigint {
  if (value < 0n) throw new RangeError('No square root of a negative number');
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
