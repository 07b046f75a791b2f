import { z } from 'zod';
import { LIMITS } from './limits.ts';

/**
 * The kinds of values that events and settings are made of. Every schema carries the text that an answer
 * gives when it fails: what is allowed, never what was sent.
 */

/** A real civil date in the years 0001–9999. */
const DATE =
  '(?!0000)(?:(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29' +
  '|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)' +
  '|02-(?:0[1-9]|1\\d|2[0-8])))';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d{1,32})?';
const OFFSET = '(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/**
 * RFC 3986, appendix A: the order of the parts, and in each the characters and escapes that may stand there.
 */
const SCHEME = '[A-Za-z][A-Za-z0-9+.-]*:';
const URI_CHARACTER = "(?:[\\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})";
const IP_LITERAL = '(?://(?:[^\\s/?#[\\]@]*@)?\\[[0-9A-Fa-f:.]+\\](?::\\d*)?(?=[/?#]|$))?';
const URI_TAIL = `(?:\\?(?:${URI_CHARACTER}|\\?)*)?(?:#(?:${URI_CHARACTER}|\\?)*)?`;

function pattern(expression: RegExp, says: string) {
  return z.string({ error: says }).regex(expression, { error: says });
}

/**
 * A text of `min` to `max` characters (code points) that Unicode allows in texts, without control characters.
 */
export function freeText(min: number, max: number) {
  const character = '[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]';
  return pattern(
    new RegExp(`^${character}{${min},${max}}$`, 'u'),
    `must be a text of ${min} to ${max} characters, without control characters`,
  );
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number) {
  const says = `must be a whole number from ${min} to ${max}`;
  return z.int({ error: says }).min(min, { error: says }).max(max, { error: says });
}

/** One of a few words. */
export function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.enum(choices, { error: `must be one of ${choices.join(', ')}` });
}

const SLUG_SAYS = 'must be a slug of at most 64 characters: lower-case letters, digits and single hyphens';

export const slug = z
  .string({ error: SLUG_SAYS })
  .max(LIMITS.codeLength, { error: SLUG_SAYS })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: SLUG_SAYS });

export const code = pattern(/^[A-Za-z0-9._-]{1,64}$/, 'must be a code of 1 to 64 of A-Z a-z 0-9 . _ -');

export const caseId = pattern(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 . _ : -');

export const municipality = pattern(/^GM\d{4}$/, 'must be a CBS municipality code: GM and four digits');

export const area = pattern(
  /^(?:WK\d{6}|BU\d{8})$/,
  'must be a CBS district (WK and six digits) or neighbourhood (BU and eight digits)',
);

export const percentage = wholeNumber(0, 100);

export const level = oneOf(['certain', 'probable', 'possible']);

const LEVEL_SAYS = 'must be certain, probable, possible or a whole number from 0 to 100';
export const likelihood = z.union([level, percentage], { error: LEVEL_SAYS });

export const cashable = oneOf(['cash', 'capacity', 'none']);

export const civilDate = pattern(
  new RegExp(`^${DATE}$`),
  'must be a date that exists, written YYYY-MM-DD',
).meta({ format: 'date' });

export const firstOfMonth = pattern(
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-01$/,
  'must be the first day of a month, written YYYY-MM-01',
).meta({ format: 'date' });

export const timestamp = pattern(
  new RegExp(`^${DATE}[Tt]${TIME}${OFFSET}$`),
  'must be a time as in RFC 3339 with its offset, such as 2021-03-18T09:12:44Z',
).meta({ format: 'date-time' });

export const uriReference = pattern(
  new RegExp(`^(?=.)(?:${SCHEME}|(?![^/?#]*:))${IP_LITERAL}${URI_CHARACTER}*${URI_TAIL}$`),
  `must be a URI-reference (RFC 3986) of 1 to ${LIMITS.sourceLength} characters`,
)
  .max(LIMITS.sourceLength, { error: `must be at most ${LIMITS.sourceLength} characters` })
  .meta({ format: 'uri-reference' });

export const uri = pattern(
  new RegExp(`^${SCHEME}${IP_LITERAL}${URI_CHARACTER}*${URI_TAIL}$`),
  `must be a URI (RFC 3986) of at most ${LIMITS.sourceLength} characters`,
)
  .max(LIMITS.sourceLength, { error: `must be at most ${LIMITS.sourceLength} characters` })
  .meta({ format: 'uri' });

/** A decimal string or JSON number; `toMoney` and `toQuantity` make it the decimal string that is kept. */
function decimal(expression: RegExp, least: number, most: number, step: number, says: string) {
  const number = z
    .number({ error: says })
    .min(least, { error: says })
    .max(most, { error: says })
    .multipleOf(step, { error: says });
  return z.union([pattern(expression, says), number], { error: says });
}

export const money = decimal(
  /^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/,
  0,
  99_999_999.99,
  0.01,
  'must be an amount from 0 to 99999999.99 with at most two decimals, such as "1250.00"',
);

export const budgetAmount = decimal(
  /^(?:0|[1-9]\d{0,9})(?:\.\d{1,2})?$/,
  0,
  9_999_999_999.99,
  0.01,
  'must be an amount from 0 to 9999999999.99 with at most two decimals, such as "5884091.00"',
);

export const quantity = decimal(
  /^(?!0(?:\.0+)?$)(?:0|[1-9]\d{0,5})(?:\.\d{1,4})?$/,
  0.0001,
  999_999.9999,
  0.0001,
  'must be a number above 0, at most 999999.9999, with at most four decimals, such as "26" or "0.5"',
);

export const fullTimeEquivalents = decimal(
  /^(?:0|[1-9]\d{0,5})(?:\.\d{1,4})?$/,
  0,
  999_999.9999,
  0.0001,
  'must be a number from 0 to 999999.9999 with at most four decimals, such as "12.5"',
);

/** What was really used of a service in a year. */
export const volume = decimal(
  /^(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?$/,
  0,
  999_999_999.9999,
  0.0001,
  'must be a number from 0 to 999999999.9999 with at most four decimals, such as "1250"',
);

export const discountPercent = pattern(
  /^(?:0|[1-9]\d?)(?:\.\d{1,2})?$/,
  'must be a decimal string from 0 to 99.99 with at most two decimals, such as "2.25"',
);

export const factor = pattern(
  /^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/,
  'must be a decimal string from 0 to 1 with at most four decimals, such as "0.90"',
);
