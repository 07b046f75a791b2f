/** Bytes that grow as they are written, most significant byte first. */

const ASCII_ZERO = 48;
/** Bytes that a writer starts with. */
const START_BYTES = 65_536;

export class ByteWriter {
  protected buffer: Buffer;
  protected view: DataView;
  #length = 0;

  constructor(bytes = START_BYTES) {
    this.buffer = Buffer.allocUnsafe(bytes);
    this.view = viewOf(this.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written, which is given away: what is written next goes into `next`. */
  take(next: Buffer): Buffer {
    const taken = this.buffer.subarray(0, this.#length);
    this.buffer = next;
    this.view = viewOf(next);
    this.#length = 0;
    return taken;
  }

  /** What was written. Nothing can be written any more. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.#length);
  }

  /** Makes room. @returns where it is */
  protected room(bytes: number): number {
    const at = this.#length;
    if (at + bytes > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, at + bytes));
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
      this.view = viewOf(larger);
    }
    this.#length = at + bytes;
    return at;
  }

  /** Gives back room that was not needed. */
  protected end(at: number): void {
    this.#length = at;
  }

  rawInt16(value: number): void {
    const at = this.room(2);
    this.view.setInt16(at, value);
  }

  rawInt32(value: number): void {
    const at = this.room(4);
    this.view.setInt32(at, value);
  }

  raw(bytes: Buffer): void {
    const at = this.room(bytes.length);
    bytes.copy(this.buffer, at);
  }

  /** A part of a text. It must be ASCII, and short: it is written character by character. */
  ascii(text: string): this {
    const at = this.room(text.length);
    for (let index = 0; index < text.length; index++) this.buffer[at + index] = text.charCodeAt(index);
    return this;
  }

  /** A part of a text: a whole number in decimal digits. */
  digits(value: bigint | number): this {
    if (value < 0 || value > Number.MAX_SAFE_INTEGER) return this.ascii(value.toString());
    let rest = Number(value);
    let count = 1;
    for (let power = 10; rest >= power; power *= 10) count++;
    const at = this.room(count);
    for (let index = at + count - 1; index >= at; index--) {
      const next = Math.floor(rest / 10);
      this.buffer[index] = ASCII_ZERO + (rest - next * 10);
      rest = next;
    }
    return this;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
