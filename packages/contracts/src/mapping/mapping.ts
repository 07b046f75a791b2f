import type { CaseFieldName, LineFieldName } from './mapping-fields.ts';

/** Where a field's value stands: in a column of the table, with how its values translate. */
export interface ColumnField {
  /** Header of the column; of several, the first that has a value in the row counts. */
  column: string | string[];
  /** What stands in the cell → what the field gets. Compared as `comparable` does. */
  values?: Record<string, string>;
  /** A value that `values` does not name is refused (as when absent), kept as it is, or read as empty. */
  others?: 'refuse' | 'keep' | 'empty';
  /** What the field gets where the cell is empty. */
  default?: string;
  /** Put before what stood in the cell. */
  prefix?: string;
}

/** A field with the same value in every row. */
export interface ConstantField {
  constant: string;
}

/** Where a field gets its value from. */
export type MappingField = ColumnField | ConstantField;

/** What a table looks like; whatever is absent is found out from the file. */
export interface TableHints {
  /** Name of the sheet; absent: the first one that is not empty. */
  sheet?: string;
  /** Row of the headers, from 1. */
  headerRow?: number;
  delimiter?: ';' | ',' | '\t' | '|';
  encoding?: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  /** Sign before the decimals of numbers that stand there as text; the other one groups thousands. */
  decimal?: ',' | '.';
}

/** How an export becomes cases: which column is which field, as it is kept. */
export interface Mapping {
  code: string;
  name: string;
  municipality: string | MappingField;
  organisation: string;
  programme: string | MappingField;
  /** CloudEvents `source` of the events. */
  source: string;
  table: TableHints;
  /** What one row is: a whole case, or one line of a case of which other rows may hold the other lines. */
  rows: 'case' | 'line';
  /** Gives registered, assessed or withdrawn; absent: assessed where a line is filled in, else registered. */
  type?: MappingField;
  case: { caseId: ColumnField; date: MappingField; theme: MappingField } & Partial<
    Record<CaseFieldName, MappingField>
  >;
  lines: Partial<Record<LineFieldName, MappingField>>[];
}

/** Whether a field comes from a column. */
export function isColumnField(field: MappingField): field is ColumnField {
  return 'column' in field;
}

/**
 * A header or cell as texts are compared: without regard to case, to how letters are composed and to how wide
 * the space between words is.
 */
export function comparable(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
