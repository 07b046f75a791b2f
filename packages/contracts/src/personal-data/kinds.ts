import { holdsBsn } from '../bsn.ts';
import type { FaultCode } from '../fault.ts';
import { holdsEmailAddress } from './email-address.ts';
import { percentDecoded } from './percent-decoded.ts';
import { holdsPersonName } from './person-name.ts';
import { holdsPhoneNumber } from './phone-number.ts';

/** A kind of personal data, and what an answer says of it. */
export interface Kind {
  /** In a time, groups of digits are not read together. */
  isIn(text: string, isTime: boolean): boolean;
  code: FaultCode;
  detail: string;
}

export const BSN: Kind = {
  isIn: holdsBsn,
  code: 'bsn',
  detail: 'holds a citizen service number (BSN): send none; nothing of this request is kept',
};
export const EMAIL_ADDRESS: Kind = {
  isIn: holdsEmailAddress,
  code: 'personal-data',
  detail: 'holds an e-mail address: send none; nothing of this request is kept',
};
export const PHONE_NUMBER: Kind = {
  isIn: holdsPhoneNumber,
  code: 'personal-data',
  detail: 'holds a telephone number: send none; nothing of this request is kept',
};
export const PERSON_NAME: Kind = {
  isIn: holdsPersonName,
  code: 'personal-data',
  detail: 'holds the name of a person: send a code that says nothing; nothing of this request is kept',
};

/** Those of some kinds that stand in a text, as it is or percent-encoded. */
export function kindsIn(text: string, kinds: readonly Kind[], isTime = false): Kind[] {
  const readings = text.includes('%') ? [text, percentDecoded(text)] : [text];
  return kinds.filter((kind) => readings.some((reading) => kind.isIn(reading, isTime)));
}

/** Whether an identifier, or what else is shown of a request, holds personal data of any kind. */
export function holdsPersonalData(text: string): boolean {
  return kindsIn(text, [BSN, EMAIL_ADDRESS, PHONE_NUMBER, PERSON_NAME]).length > 0;
}
