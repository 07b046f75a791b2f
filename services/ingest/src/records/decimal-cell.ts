import { Misfit } from './cell-fault.ts';

/** The sign before the decimals, where a mapping says it. */
export type DecimalSign = ',' | '.';

const NO_NUMBER = new Misfit('format', 'must be a number, such as 1.234,50 or 26');
const AMBIGUOUS = new Misfit(
  'ambiguous',
  'thousands or decimals? Give table.decimal in the mapping: the sign before the decimals',
);

/** What may stand around the digits of an amount; `,-` and `,--` are whole euros. */
const CURRENCY = /^(?:€|EUR)\s*|\s*(?:€|EUR)$/gi;
const WHOLE_EUROS = /[.,](?:-{1,2}|–|—)$/;
const GROUPED = {
  ',': /^-?(?:\d+|\d{1,3}(?:[. ']\d{3})+)(?:,\d+)?$/,
  '.': /^-?(?:\d+|\d{1,3}(?:[, ']\d{3})+)(?:\.\d+)?$/,
} as const;
const GROUP_SIGNS = { ',': /[. ']/g, '.': /[, ']/g } as const;
/** Three digits after a single sign, without a sign of the other kind: one thousand or one and a bit? */
const EITHER = /^-?[1-9]\d{0,2}[.,]\d{3}$/;
const PLAIN = /^-?\d+$/;
/** Characters of a number, with all that may stand around it. */
const MOST_CHARACTERS = 64;

/**
 * The decimal text, such as `1234.5`, of a cell as people write numbers: with `€`, grouped thousands and a
 * decimal comma or point. Without a `sign` the last sign in the text counts as that, unless it can be both.
 */
export function decimalOfText(text: string, sign: DecimalSign | undefined): string | Misfit {
  if (text.length > MOST_CHARACTERS) return NO_NUMBER;
  if (PLAIN.test(text)) return withoutZeros(text);
  const bare = text
    .replace(/[\s\u2007\u202f]+/g, ' ')
    .replace(CURRENCY, '')
    .replace(WHOLE_EUROS, '')
    .trim();
  if (PLAIN.test(bare)) return withoutZeros(bare);
  if (sign === undefined && EITHER.test(bare)) return AMBIGUOUS;
  const decimal = sign ?? (bare.lastIndexOf('.') > bare.lastIndexOf(',') ? '.' : ',');
  const other = decimal === ',' ? '.' : ',';
  if (GROUPED[decimal].test(bare)) {
    return withoutZeros(bare.replace(GROUP_SIGNS[decimal], '').replace(',', '.'));
  }
  // 1.234.567 has no decimals: its last sign groups.
  if (sign === undefined && GROUPED[other].test(bare)) {
    return withoutZeros(bare.replace(GROUP_SIGNS[other], '').replace(',', '.'));
  }
  return NO_NUMBER;
}

/**
 * The decimal text of a number of a workbook, as its program shows it: whole numbers as they are, others to
 * the fifteen digits that spreadsheets compute with (0.1 + 0.2 is `0.3` there too).
 */
export function decimalOfNumber(value: number): string | Misfit {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : NO_NUMBER;
}

/** Without leading zeros, and without zeros at the end of the decimals. */
function withoutZeros(text: string): string {
  const whole = text.replace(/^(-?)0+(?=\d)/, '$1');
  return whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole;
}
