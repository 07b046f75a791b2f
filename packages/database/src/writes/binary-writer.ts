/** A buffer in PostgreSQL's binary formats, for COPY rows and array parameters. */
import { ByteWriter } from './byte-writer.ts';
import { daysOfDate } from './civil-dates.ts';

/** Microseconds from 1970-01-01 to 2000-01-01, PostgreSQL's zero. */
const POSTGRES_EPOCH_MICROS = 946_684_800_000_000n;

const OID = { int2: 21, int4: 23, int8: 20, text: 25, date: 1082, numeric: 1700 } as const;
export type ElementType = keyof typeof OID;
export type Element<T extends ElementType> = T extends 'int8' | 'numeric'
  ? bigint
  : T extends 'date'
    ? string
    : T extends 'text'
      ? string | Buffer
      : number;

/** Base of the digits of a numeric. */
const BASE = 10_000;
const POSITIVE = 0;
const NEGATIVE = 0x4000;
/** Digits of the numeric that is being written, least significant first: 2^53 has four. */
const digitsOfNumeric = new Int16Array(4);

/** Every `put…` writes a value with its length before it, as COPY and arrays want it. */
export class BinaryWriter extends ByteWriter {
  putNull(): void {
    this.rawInt32(-1);
  }

  putBoolean(value: boolean): void {
    const at = this.room(5);
    this.view.setInt32(at, 1);
    this.view.setInt8(at + 4, value ? 1 : 0);
  }

  /** @throws RangeError, as the other integers do, where it does not fit. */
  putInt2(value: number): void {
    if ((value << 16) >> 16 !== value) throw new RangeError('No smallint');
    const at = this.room(6);
    this.view.setInt32(at, 2);
    this.view.setInt16(at + 4, value);
  }

  putInt4(value: number): void {
    if ((value | 0) !== value) throw new RangeError('No integer');
    const at = this.room(8);
    this.view.setInt32(at, 4);
    this.view.setInt32(at + 4, value);
  }

  putInt8(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw new RangeError('No bigint');
    const at = this.room(12);
    this.view.setInt32(at, 8);
    this.view.setBigInt64(at + 4, value);
  }

  putText(value: string): void {
    // Three bytes a UTF-16 unit is the most that UTF-8 takes.
    const at = this.room(4 + value.length * 3);
    const bytes = this.buffer.write(value, at + 4, 'utf8');
    this.view.setInt32(at, bytes);
    this.end(at + 4 + bytes);
  }

  /** Begins a text that is written part by part. @returns what {@link closeText} needs */
  openText(): number {
    return this.room(4);
  }

  closeText(at: number): void {
    this.view.setInt32(at, this.length - at - 4);
  }

  /** Bytes as they are: of bytea, or of a text in UTF-8. */
  putBytes(value: Buffer): void {
    this.rawInt32(value.length);
    this.raw(value);
  }

  /** A civil date 'YYYY-MM-DD'. @throws RangeError where there is no such day. */
  putDate(value: string): void {
    this.putInt4(daysOfDate(value));
  }

  /** Microseconds since 1970. */
  putTimestamp(micros: bigint): void {
    this.putInt8(micros - POSTGRES_EPOCH_MICROS);
  }

  /** A whole number as numeric: base 10,000 digits, most significant first, without zeros at the end. */
  putNumeric(value: bigint): void {
    const sign = value < 0n ? NEGATIVE : POSITIVE;
    const magnitude = sign === NEGATIVE ? -value : value;
    if (magnitude > BigInt(Number.MAX_SAFE_INTEGER)) {
      this.#putLarge(magnitude, sign);
      return;
    }
    let rest = Number(magnitude);
    let count = 0;
    let zeros = 0;
    while (rest > 0) {
      const next = Math.floor(rest / BASE);
      const digit = rest - next * BASE;
      if (digit === 0 && zeros === count) zeros++;
      digitsOfNumeric[count++] = digit;
      rest = next;
    }
    let at = this.#numericHeader(count - zeros, count - 1, sign);
    for (let place = count - 1; place >= zeros; place--, at += 2)
      this.view.setInt16(at, digitsOfNumeric[place] ?? 0);
  }

  #putLarge(magnitude: bigint, sign: number): void {
    const all: number[] = [];
    for (let rest = magnitude; rest > 0n; rest /= BigInt(BASE)) all.push(Number(rest % BigInt(BASE)));
    let at = this.#numericHeader(all.length, all.length - 1, sign);
    for (const digit of all.reverse()) {
      this.view.setInt16(at, digit);
      at += 2;
    }
  }

  /** @returns where the digits go; `weight` is the power of the first one. */
  #numericHeader(count: number, weight: number, sign: number): number {
    const at = this.room(12 + count * 2);
    this.view.setInt32(at, 8 + count * 2);
    this.view.setInt16(at + 4, count);
    this.view.setInt16(at + 6, weight);
    this.view.setInt16(at + 8, sign);
    this.view.setInt16(at + 10, 0); // decimals
    return at + 12;
  }

  /** A one-dimensional array with its own length before it: of each item, the value that `of` gives. */
  putArray<T extends ElementType, Item>(
    type: T,
    items: readonly Item[],
    of: (item: Item) => Element<T> | null | undefined,
  ): void {
    const lengthAt = this.room(4);
    this.rawArray(type, items, of);
    this.view.setInt32(lengthAt, this.length - lengthAt - 4);
  }

  /** The array alone, as a parameter of a statement is sent. */
  rawArray<T extends ElementType, Item>(
    type: T,
    items: readonly Item[],
    of: (item: Item) => Element<T> | null | undefined,
  ): void {
    const at = this.room(items.length === 0 ? 12 : 20);
    this.view.setInt32(at, items.length === 0 ? 0 : 1); // dimensions
    this.view.setInt32(at + 4, 0);
    this.view.setInt32(at + 8, OID[type]);
    if (items.length === 0) return;
    this.view.setInt32(at + 12, items.length);
    this.view.setInt32(at + 16, 1); // lower bound
    for (const item of items) {
      const value = of(item);
      if (value === null || value === undefined) {
        this.putNull();
        this.view.setInt32(at + 4, 1); // it holds nulls
      } else this.#putElement(type, value);
    }
  }

  #putElement(type: ElementType, value: bigint | number | string | Buffer): void {
    if (typeof value === 'bigint') {
      if (type === 'numeric') this.putNumeric(value);
      else this.putInt8(value);
    } else if (typeof value === 'number') {
      if (type === 'int2') this.putInt2(value);
      else this.putInt4(value);
    } else if (typeof value !== 'string') this.putBytes(value);
    else if (type === 'date') this.putDate(value);
    else this.putText(value);
  }
}
