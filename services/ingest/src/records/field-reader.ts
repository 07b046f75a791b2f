import {
  type ColumnField,
  comparable,
  type FieldRule,
  isColumnField,
  type MappingField,
  valueOfTarget,
} from '@effectstroom/contracts';
import { type Cell, isEmptyCell, type SourceRow } from '../tables/table.ts';
import { type CellFault, type CellPlace, Misfit, placeOf } from './cell-fault.ts';
import { type Converter, converterOf, isCellError, textOfCell, type Value } from './convert-cell.ts';
import type { DecimalSign } from './decimal-cell.ts';

/** Cells that are remembered per field, and how long they may be: exports repeat most of their values. */
const REMEMBERED = 4_000;
const REMEMBERED_LENGTH = 64;

/** What a field is compiled with. */
export interface FieldTable {
  columns: readonly string[];
  /** Place of each header, by what `comparable` makes of it. */
  places: ReadonlyMap<string, number>;
  decimal: DecimalSign | undefined;
}

/** Reads one field of an event from rows. Made once per mapping and table; holds what it read before. */
export class FieldReader {
  /** What the field is where the row has nothing: a constant, or the default. */
  readonly otherwise: Value | undefined;
  /** Places of the columns, from 0; none for a constant. */
  readonly columns: readonly number[];
  readonly #headers: readonly string[];
  readonly #convert: (cell: Cell) => Value | Misfit | undefined;
  readonly #remembered = new Map<Cell, Value | Misfit | undefined>();

  constructor(field: MappingField, rule: FieldRule, table: FieldTable) {
    this.#headers = table.columns;
    if (isColumnField(field)) {
      this.columns = placesOf(field, table);
      this.#convert = translatorOf(field, rule, converterOf(rule.kind, table.decimal));
      if (field.default !== undefined) this.otherwise = valueOfTarget(rule.kind, field.default);
    } else {
      this.columns = [];
      this.#convert = textOfCell;
      this.otherwise = valueOfTarget(rule.kind, field.constant);
    }
  }

  /**
   * What stands in the row: undefined where all the columns are empty there, and where a fault was added to
   * `faults`. A constant or default is not applied.
   */
  read({ row, cells }: SourceRow, faults: CellFault[]): Value | undefined {
    for (const column of this.columns) {
      const cell = cells[column];
      if (cell === undefined || isEmptyCell(cell)) continue;
      const value = this.#valueOf(cell);
      if (!(value instanceof Misfit)) return value;
      const { code, detail } = value;
      faults.push({ ...placeOf(row, column, this.#headers), code, detail });
      return undefined;
    }
    return undefined;
  }

  /** Whether nothing stands in the row for this field. */
  isEmptyIn({ cells }: SourceRow): boolean {
    return this.columns.every((column) => isEmptyCell(cells[column]));
  }

  /** Where `read` found its value in the row; of an empty field the first column. */
  placeIn({ row, cells }: SourceRow): CellPlace | undefined {
    const column = this.columns.find((one) => !isEmptyCell(cells[one])) ?? this.columns[0];
    return column === undefined ? undefined : placeOf(row, column, this.#headers);
  }

  #valueOf(cell: Cell): Value | Misfit | undefined {
    if (typeof cell === 'object' || (typeof cell === 'string' && cell.length > REMEMBERED_LENGTH)) {
      return this.#convert(cell);
    }
    if (this.#remembered.has(cell)) return this.#remembered.get(cell);
    const value = this.#convert(cell);
    if (this.#remembered.size < REMEMBERED) this.#remembered.set(cell, value);
    return value;
  }
}

/** Places of the field's columns that the table has, in the order of the field; of a constant none. */
export function placesOf(field: MappingField, { places }: FieldTable): number[] {
  const headers = isColumnField(field) ? [field.column].flat() : [];
  return headers.map((header) => places.get(comparable(header))).filter((place) => place !== undefined);
}

const UNKNOWN = new Misfit('unknown-value', 'is not among the values that the mapping translates: add it');

/** Cells to values: translated where the mapping does so, else converted; undefined counts as empty. */
function translatorOf(
  { values, others = 'refuse', prefix = '' }: ColumnField,
  { kind }: FieldRule,
  convert: Converter,
): (cell: Cell) => Value | Misfit | undefined {
  const keep =
    prefix === ''
      ? convert
      : (cell: Cell) => {
          const value = convert(cell);
          return value instanceof Misfit ? value : `${prefix}${value}`;
        };
  if (values === undefined) return keep;
  const translated = new Map(
    Object.entries(values).map(([value, target]) => [comparable(value), valueOfTarget(kind, target)]),
  );
  return (cell) => {
    const text = textOfCell(cell);
    const value = translated.get(comparable(text));
    if (value !== undefined) return value;
    if (others === 'keep' || isCellError(text)) return keep(cell);
    return others === 'empty' ? undefined : UNKNOWN;
  };
}
