import { isUtf8 } from 'node:buffer';
import { countMembers, scanJson } from './json-scan.ts';
import { jsonTextFaults, type TextFault } from './json-text-faults.ts';
import { LIMITS } from './limits.ts';

/** In every e-mail address stands the first; the second may hide it. */
const AT_SIGN = 0x40;
const PERCENT_SIGN = 0x25;

/** A JSON text that was read, with what is wrong with it as a text. */
export interface JsonText {
  /** Undefined where the text cannot be read at all. */
  value: unknown;
  /** Whether a string may hold a BSN or an e-mail address; when false, none does. */
  mayHoldBsn: boolean;
  faults: TextFault[];
}

/**
 * Reads a JSON text strictly: UTF-8 without faults, at most `LIMITS.jsonDepth` deep, no member twice in one
 * object, no number with more digits than a double holds. Never throws.
 */
export function readJson(bytes: Buffer): JsonText {
  const scan = scanJson(bytes);
  if (scan.isTooDeep) {
    return unreadable('too-deep', `must be nested at most ${LIMITS.jsonDepth} levels deep`);
  }
  if (!isUtf8(bytes)) return unreadable('not-well-formed', 'the body must be UTF-8');
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of a SyntaxError repeats the input: it goes nowhere.
    return unreadable('not-well-formed', 'the body must be JSON');
  }
  const isExact = !scan.hasLongNumber && scan.members === countMembers(value);
  const mayHoldBsn = scan.mayHoldBsn || bytes.includes(AT_SIGN) || bytes.includes(PERCENT_SIGN);
  return { value, mayHoldBsn, faults: isExact ? [] : jsonTextFaults(text) };
}

function unreadable(code: TextFault['code'], detail: string): JsonText {
  return { value: undefined, mayHoldBsn: false, faults: [{ path: [], code, detail }] };
}
