/** A binary array parameter that is made element by element. */
import { BinaryWriter } from './binary-writer.ts';

/** Of the types in pg_type. */
const OID = { int8: 20, text: 25 } as const;
/** Places in the header of an array: dimensions, whether it holds nulls, type, length, lower bound. */
const NULLS_AT = 4;
const LENGTH_AT = 12;

/** As `arrayOf` makes it of a list. */
export class GrowingArray {
  readonly #writer = new BinaryWriter();
  #length = 0;
  #hasNull = false;

  constructor(type: keyof typeof OID) {
    this.#writer.rawInt32(1);
    this.#writer.rawInt32(0);
    this.#writer.rawInt32(OID[type]);
    this.#writer.rawInt32(0);
    this.#writer.rawInt32(1);
  }

  get length(): number {
    return this.#length;
  }

  /** Where the next element goes: put one value there, with its length. */
  next(): BinaryWriter {
    this.#length++;
    return this.#writer;
  }

  addNull(): void {
    this.#hasNull = true;
    this.next().putNull();
  }

  /** The parameter. Nothing can be added any more. */
  bytes(): Buffer {
    const bytes = this.#writer.bytes();
    bytes.writeInt32BE(this.#hasNull ? 1 : 0, NULLS_AT);
    bytes.writeInt32BE(this.#length, LENGTH_AT);
    return bytes;
  }
}
