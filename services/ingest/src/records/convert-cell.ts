import type { FieldKind } from '@effectstroom/contracts';
import type { Cell } from '../tables/table.ts';
import { Misfit } from './cell-fault.ts';
import { civilDateOfCell, revisionOfCell } from './date-cell.ts';
import { type DecimalSign, decimalOfNumber, decimalOfText } from './decimal-cell.ts';

/** A value of an event, as a cell becomes it. */
export type Value = string | number;

/** Makes a cell that is not empty a value of its kind, or says why it is none. */
export type Converter = (cell: Cell) => Value | Misfit;

const NO_WHOLE_NUMBER = new Misfit('format', 'must be a whole number');
const NO_PERCENTAGE = new Misfit('format', 'must be a percentage in whole numbers, such as 70% or 70');
const NO_LEVEL = new Misfit(
  'unknown-value',
  'must be certain, probable, possible or a percentage: translate it with values in the mapping',
);
const ONE = new Misfit(
  'ambiguous',
  'is 1 in the workbook one percent, or 100%? Translate it with values in the mapping',
);
const NO_SLUG = new Misfit('format', 'must hold letters or digits');
const NO_TEXT = new Misfit('format', 'must be a text or a whole number, not a date');
const CELL_ERROR = new Misfit('cell-error', 'holds an error of the spreadsheet program: correct it there');
const TOO_MANY_DECIMALS = {
  money: new Misfit('not-exact', 'must have at most two decimals: round it in the export'),
  quantity: new Misfit('not-exact', 'must have at most four decimals: round it in the export'),
} as const;

/** What Excel shows for an error, in English and in Dutch. */
const ERRORS: ReadonlySet<string> = new Set([
  ...[
    '#N/A',
    '#REF!',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '#NULL!',
    '#NUM!',
    '#SPILL!',
    '#CALC!',
    '#GETTING_DATA',
  ],
  ...['#N/B', '#VERW!', '#WAARDE!', '#DEEL/0!', '#NAAM?', '#LEEG!', '#GETAL!', '#OVERLOPEN!', '#BEREKEN!'],
]);
const LEVELS: ReadonlySet<string> = new Set(['certain', 'probable', 'possible']);

/** How cells become values of a kind; `decimal` is the sign before decimals in texts, where that is said. */
export function converterOf(kind: FieldKind, decimal: DecimalSign | undefined): Converter {
  const convert = convertersWith(decimal)[kind];
  return (cell) => (typeof cell === 'string' && isCellError(cell) ? CELL_ERROR : convert(cell));
}

/** Whether a text is what a spreadsheet program shows for an error. */
export function isCellError(text: string): boolean {
  return text.startsWith('#') && ERRORS.has(text);
}

/** The text of a cell as a person reads it there; trimmed. */
export function textOfCell(cell: Cell): string {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'object') return cell.date;
  const text = decimalOfNumber(cell);
  return typeof text === 'string' ? text : String(cell);
}

function convertersWith(decimal: DecimalSign | undefined): Record<FieldKind, Converter> {
  const decimalOf = (cell: Cell): string | Misfit => {
    if (typeof cell === 'number') return decimalOfNumber(cell);
    return decimalOfText(textOfCell(cell), decimal);
  };
  return {
    text: (cell) => (typeof cell === 'object' ? NO_TEXT : textOfCell(cell)),
    identifier: (cell) => (typeof cell === 'object' ? NO_TEXT : identifierOf(textOfCell(cell))),
    slug: (cell) => slugOf(textOfCell(cell)),
    choice: (cell) => textOfCell(cell).toLowerCase(),
    date: civilDateOfCell,
    revision: revisionOfCell,
    count: (cell) => wholeNumber(decimalOf(cell), NO_WHOLE_NUMBER),
    percentage: (cell) => percentageOf(cell, decimalOf),
    likelihood: (cell) => {
      const word = textOfCell(cell).toLowerCase();
      if (LEVELS.has(word)) return word;
      const percentage = percentageOf(cell, decimalOf);
      return percentage === NO_PERCENTAGE ? NO_LEVEL : percentage;
    },
    money: (cell) => atMostDecimals(decimalOf(cell), 2, TOO_MANY_DECIMALS.money),
    quantity: (cell) => atMostDecimals(decimalOf(cell), 4, TOO_MANY_DECIMALS.quantity),
  };
}

/** Numbers of cases are written with strokes and spaces, which an event's `caseId` has not: `Z/2021 12`. */
function identifierOf(text: string): string {
  return text.replaceAll('/', ':').replace(/\s+/g, '_');
}

/**
 * A slug of a text: letters without accents, digits, and a hyphen for whatever stands between them.
 */
export function slugOf(text: string): string | Misfit {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? NO_SLUG : slug;
}

function wholeNumber(decimal: string | Misfit, misfit: Misfit): number | Misfit {
  if (typeof decimal !== 'string') return decimal.code === 'format' ? misfit : decimal;
  return /^-?\d{1,15}$/.test(decimal) ? Number(decimal) : misfit;
}

/** `70`, `70%` and `70,0 %` are 70. So is the number 0.7 of a workbook, which shows it as 70%. */
function percentageOf(cell: Cell, decimalOf: (cell: Cell) => string | Misfit): number | Misfit {
  if (cell === 1) return ONE;
  if (typeof cell === 'number' && cell > 0 && cell < 1) {
    return wholeNumber(decimalOfNumber(cell * 100), NO_PERCENTAGE);
  }
  const text = textOfCell(cell);
  const decimal = text.endsWith('%') ? decimalOf(text.slice(0, -1).trim()) : decimalOf(cell);
  return wholeNumber(decimal, NO_PERCENTAGE);
}

function atMostDecimals(decimal: string | Misfit, most: number, misfit: Misfit): string | Misfit {
  if (typeof decimal !== 'string') return decimal;
  const point = decimal.indexOf('.');
  return point === -1 || decimal.length - point - 1 <= most ? decimal : misfit;
}
