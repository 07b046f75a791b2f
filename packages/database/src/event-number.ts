/**
 * The number of an event: which stream (epoch), which message (sequence) and which place in the message.
 * One bigint, so that a ledger entry can name its event in eight bytes; it grows in the order of the stream.
 */
const INDEX_BITS = 9n; // a message holds at most 500 events
const SEQUENCE_BITS = 40n;

export interface EventPlace {
  epoch: number;
  sequence: bigint;
  index: number;
}

/** @throws RangeError where a part does not fit: epoch < 2^14, sequence < 2^40, index < 512. */
export function eventNumber({ epoch, sequence, index }: EventPlace): bigint {
  if (
    epoch < 0 ||
    epoch >= 2 ** 14 ||
    sequence < 0n ||
    sequence >= 1n << SEQUENCE_BITS ||
    index < 0 ||
    index >= 512
  )
    throw new RangeError(`No event number for epoch ${epoch}, sequence ${sequence}, index ${index}`);
  return (BigInt(epoch) << (SEQUENCE_BITS + INDEX_BITS)) | (sequence << INDEX_BITS) | BigInt(index);
}

/** The inverse of {@link eventNumber}. */
export function eventPlace(number: bigint): EventPlace {
  return {
    epoch: Number(number >> (SEQUENCE_BITS + INDEX_BITS)),
    sequence: (number >> INDEX_BITS) & ((1n << SEQUENCE_BITS) - 1n),
    index: Number(number & ((1n << INDEX_BITS) - 1n)),
  };
}
