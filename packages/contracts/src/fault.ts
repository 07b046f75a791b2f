import { LIMITS } from './limits.ts';
import { holdsPersonalData } from './personal-data/kinds.ts';

/** What can be wrong with an event or settings. Closed: a new code is an addition to the contract. */
export const FAULT_CODES = {
  required: 'a required field is missing',
  'unknown-field': 'a field that the contract does not have',
  'not-allowed':
    'a field that may not stand here: with this type, this service or amount, or this recurrence',
  type: 'the JSON type is wrong',
  format: 'the text has another form than asked',
  range: 'a number or date lies outside what is allowed',
  length: 'a text, list or event is too short or too long',
  enum: 'the value is not one of the choices',
  'future-date': 'the date lies in the future',
  'unknown-code': 'a code that these settings do not define',
  duplicate: 'an item of a list stands there twice',
  mismatch: 'the value differs from the one in the address',
  bsn: 'the text holds a citizen service number (BSN)',
  'personal-data': 'the text holds an e-mail address, a telephone number or the name of a person',
  'duplicate-member': 'a member is given twice in one object',
  'not-exact': 'a number with more digits than JSON readers keep',
  'not-well-formed': 'the body is not JSON in UTF-8',
  'too-deep': 'the body is nested too deeply',
  'not-permitted': 'the key may not write this',
  'too-many-faults': 'there are more faults than an answer names',
} as const;

/** One of `FAULT_CODES`. */
export type FaultCode = keyof typeof FAULT_CODES;

/** One fault: where, what, and what is allowed. Never holds a value of the input. */
export interface Fault {
  /** Place of the event in its batch, from 0; absent for a single event and for settings. */
  index?: number;
  /** RFC 6901, from the event's root or the settings' body. */
  pointer: string;
  code: FaultCode;
  detail: string;
}

/** Thrown where input must be right and is not. The message names places and codes, never values. */
export class FaultsError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => `${fault.code} at ${fault.pointer || 'the root'}`).join(', '));
    this.name = 'FaultsError';
    this.faults = faults;
  }
}

/**
 * JSON Pointer (RFC 6901) of a path. A name that may not be repeated ends it: it then points at the object.
 */
export function pointerTo(path: readonly PropertyKey[]): string {
  let pointer = '';
  for (const step of path) {
    if (typeof step !== 'number' && !isNameRepeatable(String(step))) return pointer;
    pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}

/** Whether an answer may repeat this member name: short, printable, and without anything like personal data. */
export function isNameRepeatable(name: string): boolean {
  if (name.length > LIMITS.nameLength || /[\p{Cc}\p{Cs}]/u.test(name)) return false;
  return !/(?:\d[. ]*){9}/.test(name) && !holdsPersonalData(name);
}

/** `name` as an answer may show it, in quotes. */
export function nameForDetail(name: string): string {
  return isNameRepeatable(name) ? `"${name}"` : '(name not shown)';
}
