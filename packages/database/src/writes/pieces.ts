/**
 * The buffers that rows are written into, used again once PostgreSQL has what was in them: new ones cost the system as
 * much as what is written, and the old ones stay until garbage is collected.
 */

const PIECE_BYTES = 262_144;
/** A piece that holds this is full: the next row could make it grow. Larger rows are few. */
export const FULL_BYTES = PIECE_BYTES - 16_384;
/** 16 MiB: about what one batch takes. */
const KEPT_MAX = 64;

const kept: Buffer[] = [];

export function newPiece(): Buffer {
  return kept.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
}

/** Takes back what was sent. Nothing may use it any more. */
export function takeBack(pieces: readonly Buffer[]): void {
  for (const { buffer, byteOffset } of pieces) {
    if (kept.length >= KEPT_MAX) return;
    if (byteOffset === 0 && buffer.byteLength === PIECE_BYTES) kept.push(Buffer.from(buffer));
  }
}
