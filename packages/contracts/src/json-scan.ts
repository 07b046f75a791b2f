import { holdsBsn } from './bsn.ts';
import { LIMITS } from './limits.ts';

/** What one pass over the bytes of a JSON text tells, and `JSON.parse` does not. */
export interface JsonScan {
  /** Members of all objects, those given twice included. */
  members: number;
  /** Deeper than `LIMITS.jsonDepth`; the pass stopped there. */
  isTooDeep: boolean;
  /** Some number may have more digits than a double holds exactly. */
  hasLongNumber: boolean;
  /** Some string may hold a BSN: one stands there, or an escape that might hide one. */
  mayHoldBsn: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;

/** Kinds of bytes outside strings; 0 is any other. */
const COLON = 1;
const OPEN = 2;
const CLOSE = 3;
const NUMBER = 4;
const STRING = 5;

const KIND = new Uint8Array(256);
for (const [characters, kind] of [
  [':', COLON],
  ['{[', OPEN],
  ['}]', CLOSE],
  ['-0123456789', NUMBER],
  ['"', STRING],
] as const) {
  for (const character of characters) KIND[character.charCodeAt(0)] = kind;
}

/**
 * One pass over a JSON text in UTF-8, at about a nanosecond a byte. The answer means something only when
 * `JSON.parse` takes the text too.
 */
export function scanJson(bytes: Uint8Array): JsonScan {
  const scan: JsonScan = { members: 0, isTooDeep: false, hasLongNumber: false, mayHoldBsn: false };
  let depth = 0;
  let members = 0;
  let i = 0;
  while (i < bytes.length) {
    const kind = KIND[bytes[i] ?? 0];
    if (kind === STRING) {
      i = skipString(bytes, i + 1, scan);
      continue;
    }
    if (kind === NUMBER) {
      i = skipNumber(bytes, i, scan);
      continue;
    }
    if (kind === COLON) members++;
    else if (kind === OPEN && ++depth > LIMITS.jsonDepth) return { ...scan, members, isTooDeep: true };
    else if (kind === CLOSE) depth--;
    i++;
  }
  scan.members = members;
  return scan;
}

/** Place after the string whose first character stands at `start`. */
function skipString(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let i = start;
  while (i < bytes.length) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) {
      scan.mayHoldBsn = true;
      i += 2;
    } else if (byte >= ZERO && byte <= NINE) {
      i = skipDigits(bytes, i, scan);
    } else {
      i++;
    }
  }
  return i;
}

/**
 * Place after the groups of digits that start at `start`; bytes above ASCII may be spaces that join groups.
 */
function skipDigits(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let digits = 0;
  let groups = 0;
  let i = start;
  let wasDigit = false;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    const isDigit = byte >= ZERO && byte <= NINE;
    if (isDigit) {
      digits++;
      if (!wasDigit) groups++;
    } else if (byte !== 0x2e && byte !== 0x20 && byte < 0x80) {
      break;
    }
    wasDigit = isDigit;
  }
  if (digits >= 9 && (groups > 1 || digits === 9) && !scan.mayHoldBsn) {
    scan.mayHoldBsn = holdsBsn(Buffer.from(bytes.buffer, bytes.byteOffset + start, i - start).toString());
  }
  return i;
}

/** Place after the number that starts at `start`. */
function skipNumber(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let i = start + 1;
  let exponent = -1;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x65 || byte === 0x45) exponent = i;
    else if (!(byte >= ZERO && byte <= NINE) && byte !== 0x2e && byte !== 0x2b && byte !== 0x2d) break;
  }
  if (isLongNumber(i - start, exponent === -1 ? 0 : i - exponent)) scan.hasLongNumber = true;
  return i;
}

/**
 * Whether a number of `length` characters, `exponent` of them from the `e` on, may have lost digits in a
 * double. An exponent of three digits can make a number vanish (`1e-400` reads as 0).
 */
export function isLongNumber(length: number, exponent: number): boolean {
  return length > LIMITS.jsonNumberLength || exponent > 4;
}

/** Members of all objects in a parsed value. Fewer than the text has: one was given twice. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++)
      if (typeof value[i] === 'object') members += countMembers(value[i]);
    return members;
  }
  // A parsed object has no other enumerable members than its own.
  for (const name in value) {
    members++;
    const member = (value as Record<string, unknown>)[name];
    if (typeof member === 'object') members += countMembers(member);
  }
  return members;
}
