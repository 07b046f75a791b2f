/**
 * A Dutch telephone number, by the forms that the Nummerplan telefoon- en ISDN-diensten (BWBR0010198) gives
 * them and in which they are written:
 *
 * - mobile, `06` and eight digits of which the first is 1–5 or 8, in one run or in the usual groups;
 * - with the country code, `+31` or `0031` and nine digits, in any groups;
 * - with an area code that exists, and then a hyphen or space: `020-1234567`, `0412 345 678`, `(030) 123 45
 *   67`. After four digits the next is never 0 or 1: that would be a municipality's code and a case number.
 *
 * Ten digits in one run are a number of something else, unless they are a mobile number. A number touches no
 * letter and no digit, and no digit with one separator: `2021-06-12345678` is a case of June.
 */
const SPACE = '\\p{Zs}';
const DASH = '\\p{Pd}';
const JOIN = `[.${DASH}${SPACE}]`;
const APART = `(?<![\\p{L}\\p{N}])(?<!\\p{N}${JOIN})`;
const ENDS = '(?![\\p{L}\\p{N}])';
const ENDS_GROUPS = `${ENDS}(?!${JOIN}\\p{N})`;

function groups(...sizes: readonly number[]): string {
  return sizes.map((size) => `\\d{${size}}`).join(JOIN);
}

const GROUPS = [groups(2, 2, 2, 2), groups(4, 4), groups(3, 3, 2), groups(2, 3, 3)].join('|');
const MOBILE = [`06${JOIN}?[1-58]\\d{7}${ENDS}`, `06${JOIN}?(?=[1-58])(?:${GROUPS})${ENDS_GROUPS}`].join('|');

const COUNTRY = `31${JOIN}?(?:\\(0\\)${JOIN}?)?[1-9](?:${JOIN}?\\d){8}${ENDS}`;

const AREA_OF_3 = '0(?:1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7\\d|8[4578])';
const AREA_OF_4 = `0(?:${[
  '1(?:1[1-8]|6[1-8]|7[24]|8[0-7])',
  '2(?:2[2-9]|5[125]|9[479])',
  '3(?:1[3-8]|2[01]|4[1-8])',
  '4(?:1[1-8]|7[58]|8[1-8]|9[23579])',
  '5(?:1[1-9]|2[1-9]|4[1-8]|6[126]|7[0-8]|9[1-9])',
].join('|')})`;
const AREA_ENDS = `\\)?(?:${SPACE}?[${DASH}]${SPACE}?|${SPACE})`;
const AREA = [
  `\\(?${AREA_OF_3}${AREA_ENDS}\\d(?:${SPACE}?\\d){6}`,
  `\\(?${AREA_OF_4}${AREA_ENDS}[2-9](?:${SPACE}?\\d){5}`,
].join('|');

const PHONE = new RegExp(
  `\\+${COUNTRY}|${APART}(?:00${COUNTRY}|${MOBILE}|(?:${AREA})${ENDS}(?!${SPACE}\\d))`,
  'u',
);

/** Whether a Dutch telephone number stands in `text`. */
export function holdsPhoneNumber(text: string): boolean {
  return text.length >= 10 && PHONE.test(text);
}
