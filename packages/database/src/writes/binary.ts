/**
 * PostgreSQL's binary formats, for COPY rows and array parameters: several times faster than text,
 * which pg would escape value by value.
 */
import { BinaryWriter, type Element, type ElementType } from './binary-writer.ts';
import { FULL_BYTES, newPiece } from './pieces.ts';

/**
 * A list as a binary array parameter: `sql\`… unnest(${arrayOf('int8', numbers)}::bigint[])\``.
 * pg sends a Buffer as it is, in binary format.
 */
export function arrayOf<T extends ElementType>(type: T, values: readonly (Element<T> | null)[]): Buffer {
  return arrayOfEach(type, values, (value) => value);
}

/** The same, of a value of each item. */
export function arrayOfEach<T extends ElementType, Item>(
  type: T,
  items: readonly Item[],
  of: (item: Item) => Element<T> | null | undefined,
): Buffer {
  const writer = new BinaryWriter(64 + items.length * 16);
  writer.rawArray(type, items, of);
  return writer.bytes();
}

const COPY_SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/** The bytes of `COPY … FROM STDIN (FORMAT binary)`, row by row. */
export class CopyRows<Row> {
  readonly #writer = new BinaryWriter();
  readonly #pieces: Buffer[] = [];
  readonly #columns: number;
  readonly #put: (writer: BinaryWriter, row: Row) => void;
  #rows = 0;

  /** `put` writes the `columns` values of one row. */
  constructor(columns: number, put: (writer: BinaryWriter, row: Row) => void) {
    this.#columns = columns;
    this.#put = put;
    this.#writer.raw(COPY_SIGNATURE);
    this.#writer.rawInt32(0); // flags
    this.#writer.rawInt32(0); // header extension
  }

  add(row: Row): void {
    this.#rows++;
    this.#writer.rawInt16(this.#columns);
    this.#put(this.#writer, row);
    if (this.#writer.length >= FULL_BYTES) this.#pieces.push(this.#writer.take(newPiece()));
  }

  /** Empty where there were no rows. Nothing can be added any more. */
  pieces(): readonly Buffer[] {
    if (this.#rows === 0) return [];
    this.#writer.rawInt16(-1); // end of the rows
    return [...this.#pieces, this.#writer.bytes()];
  }
}

export type { BinaryWriter };
