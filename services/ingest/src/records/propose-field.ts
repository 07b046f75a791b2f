import {
  CASE_FIELDS,
  comparable,
  type FieldRule,
  LINE_FIELDS,
  MAPPING_LIMITS,
  TOP_FIELDS,
  valueOfTarget,
} from '@effectstroom/contracts';
import { isEmptyCell, type SourceRow } from '../tables/table.ts';
import { isCellError, slugOf, textOfCell } from './convert-cell.ts';
import type { ProposedField } from './header-words.ts';
import { isPersonalValue } from './personal-columns.ts';
import { hasWords, translate } from './value-words.ts';

/** A field of a proposed mapping. */
export interface DraftField {
  column: string;
  values?: Record<string, string>;
  others?: 'keep' | 'empty';
  prefix?: string;
}

/** What stands in a column, each value once, as far as it was looked at. */
export interface SampledColumn {
  header: string;
  values: readonly string[];
  /** There are more values than were looked at. */
  hasMore: boolean;
  /** Some cells hold numbers of a workbook. */
  hasNumbers: boolean;
  /** The part of the filled cells, from 0 to 1, that looks like data of persons. */
  personalShare: number;
}

/** Values of one column that a proposal looks at. */
const MOST_VALUES = 60;
const RULES: Readonly<Record<string, FieldRule>> = { ...TOP_FIELDS, ...CASE_FIELDS, ...LINE_FIELDS };
/** Fields of which the values are codes in the settings: a proposal makes codes of names. */
const CODES: ReadonlySet<string> = new Set(['service', 'costBearer', 'workType']);
const PERCENTAGE = /^\d{1,3}(?:[.,]0+)?\s*%?$|^0?[.,]\d+$/;
/** Makes a short number of a resident as long as a `residentKey` must be. */
const RESIDENT_PREFIX = 'resident-number:';
const LEAST_RESIDENT_KEY = 16;
const SHORT_CODE = /^[A-Za-z0-9._-]{1,8}$/;
/** `Thema 3.2`, `3`, `doel 3.2: grip op problemen`. */
const NUMBERED = /^(?:thema|doel|opgave)?\s*(\d{1,3})(?:\.(\d{1,3}))?(?![\d.])/i;

/**
 * Looks at a column of the first rows of an export. Values that differ only as `comparable` says are one, and
 * those that look like data of a person are passed over.
 */
export function sampleColumn(header: string, column: number, rows: readonly SourceRow[]): SampledColumn {
  const values = new Map<string, string>();
  const sampled = { header, hasMore: false, hasNumbers: false, personalShare: 0 };
  let filled = 0;
  let personal = 0;
  for (const { cells } of rows) {
    const cell = cells[column];
    if (cell === undefined || isEmptyCell(cell)) continue;
    filled++;
    sampled.hasNumbers ||= typeof cell === 'number';
    const text = textOfCell(cell);
    if (isPersonalValue(text)) personal++;
    else if (text.length > MAPPING_LIMITS.textLength) sampled.hasMore = true;
    else if (!isCellError(text) && !values.has(comparable(text))) values.set(comparable(text), text);
    if (values.size > MOST_VALUES) break;
  }
  sampled.hasMore ||= values.size > MOST_VALUES;
  if (filled > 0) sampled.personalShare = personal / filled;
  return { ...sampled, values: [...values.values()].slice(0, MOST_VALUES) };
}

/** Proposes how a column becomes a field; what a person must add is put in `questions`, in Dutch. */
export function proposeField(field: ProposedField, column: SampledColumn, questions: string[]): DraftField {
  const { header, values } = column;
  const draft: DraftField = { column: header };
  if (field === 'residentKey' && values.some((value) => value.length < LEAST_RESIDENT_KEY)) {
    return { ...draft, prefix: RESIDENT_PREFIX };
  }
  if (hasWords(field)) return proposeWords(field, draft, column, questions);
  if (CODES.has(field)) return proposeCodes(draft, column, questions);
  if (field === 'area' && values.filter((value) => isRight(field, value)).length * 2 < values.length) {
    questions.push(`Kolom “${header}”: geef bij values de CBS-code (WK… of BU…) van elke wijk of buurt.`);
    return { ...draft, values: {}, others: 'empty' };
  }
  return draft;
}

/**
 * Proposes theme and goal, also where one column holds both, as `Thema 3.2` does.
 */
export function proposeThemeAndGoal(
  theme: SampledColumn | undefined,
  goal: SampledColumn | undefined,
  questions: string[],
): { theme?: DraftField; goal?: DraftField } {
  const fields: { theme?: DraftField; goal?: DraftField } = {};
  if (theme !== undefined) fields.theme = proposeNumbered(theme, 1, questions);
  const ofGoal = goal ?? (theme?.values.some((value) => NUMBERED.exec(value)?.[2]) ? theme : undefined);
  if (ofGoal === undefined) return fields;
  fields.goal = proposeNumbered(ofGoal, 2, questions);
  if (theme === undefined) fields.theme = proposeNumbered(ofGoal, 1, questions);
  if (ofGoal.hasNumbers) {
    questions.push(`Kolom “${ofGoal.header}” bevat getallen: 3.10 staat daar als 3.1. Maak er tekst van.`);
  }
  return fields;
}

function proposeNumbered(column: SampledColumn, parts: 1 | 2, questions: string[]): DraftField {
  const { header, values } = column;
  const codes = new Map<string, string>();
  for (const value of values) {
    const [, first, second] = NUMBERED.exec(value) ?? [];
    if (first === undefined) continue;
    if (parts === 1) codes.set(value, first);
    else if (second !== undefined) codes.set(value, `${first}.${second}`);
  }
  const isCode = values.every((value) => SHORT_CODE.test(value)) && column.values.length > 0;
  if (isCode || values.every((value) => codes.get(value) === value)) return { column: header };
  const translated = Object.fromEntries(codes);
  if (parts === 2) return { column: header, values: translated, others: 'empty' };
  if (codes.size < values.length || column.hasMore) {
    questions.push(`Kolom “${header}”: geef bij values de code van elk thema.`);
  }
  return { column: header, values: translated };
}

function proposeWords(
  field: ProposedField,
  draft: DraftField,
  { header, values, hasMore }: SampledColumn,
  questions: string[],
): DraftField {
  const isPercentage = (value: string) => RULES[field]?.kind === 'likelihood' && PERCENTAGE.test(value);
  if (values.length > 0 && values.every((value) => isPercentage(value) || isRight(field, value)))
    return draft;
  const translated = translate(field, header, values);
  const unknown = translated.unknown.filter((value) => !isPercentage(value));
  if (unknown.length > 0 || hasMore) {
    const detail = 'niet alle waarden zijn herkend. Vul bij values aan wat ze betekenen.';
    questions.push(`Kolom “${header}”: ${detail}`);
  }
  const keepsPercentages = translated.unknown.length > unknown.length;
  return { ...draft, values: translated.values, ...(keepsPercentages ? { others: 'keep' as const } : {}) };
}

function proposeCodes(draft: DraftField, column: SampledColumn, questions: string[]): DraftField {
  const { header, values, hasMore } = column;
  const isCode = values.every((value) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value));
  if (isCode) return draft;
  const codes: Record<string, string> = {};
  for (const value of values) {
    const slug = slugOf(value);
    if (typeof slug === 'string' && slug.length <= 64 && value.length <= 200) codes[value] = slug;
  }
  const more = hasMore ? ' Er staan er meer in het bestand dan hier.' : '';
  questions.push(`Kolom “${header}”: controleer de codes bij values tegen de instellingen.${more}`);
  return { ...draft, values: codes };
}

/** Whether a value is what the contract has, as it stands there. */
function isRight(field: ProposedField, value: string): boolean {
  const rule = RULES[field];
  return rule?.schema.safeParse(valueOfTarget(rule.kind, value)).success ?? false;
}
