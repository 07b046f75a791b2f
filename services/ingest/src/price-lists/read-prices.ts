/** A table of prices as the body of a price list, with the cell that every part of it came from. */
import { isNameRepeatable } from '@effectstroom/contracts';
import type { AnyFault } from '../parse.ts';
import { type CellPlace, Misfit, placeOf } from '../records/cell-fault.ts';
import type { Value } from '../records/convert-cell.ts';
import { isEmptyCell, type SourceRow, type Table, TableFault } from '../tables/table.ts';
import { PRICE_CONVERTERS } from './price-cell.ts';
import { headerOf, PRICE_FIELDS, type PriceColumns, type PriceField, priceColumns } from './price-columns.ts';

/** More never fit in one price list. */
const ROWS_MAX = 20_000;

/** A fault of the list, with the cell that it is in where it is in one. */
export type PlacedFault = AnyFault & Partial<CellPlace>;

type Item = Partial<Record<PriceField, Value>>;

interface Edition {
  from: string;
  items: Item[];
}

export interface PricesRead {
  /** The editions as they would be sent as JSON; what could not be read is left out. */
  editions: object[];
  faults: PlacedFault[];
  /** The cell of what a pointer into the body points at. */
  places: ReadonlyMap<string, CellPlace>;
  /** Headers of the columns that are not read. */
  ignored: string[];
}

/**
 * Reads the prices of a table; `from` is when they hold from where a row does not say. Editions stand in the
 * order of their first row. @throws TableFault where the file cannot be read, or has too many rows or none
 */
export async function readPrices(table: Table, from: string | undefined): Promise<PricesRead> {
  const columns = priceColumns(table.columns);
  const reader = new Reader(table.columns, columns, from);
  let rows = 0;
  for await (const batch of table.rows) {
    rows += batch.length;
    if (rows > ROWS_MAX)
      throw new TableFault('too-many-rows', `must have at most ${ROWS_MAX} rows: use a second price list`);
    for (const row of batch) reader.add(row);
  }
  if (rows === 0) throw new TableFault('no-rows', 'there are no rows below the headers: export it again');
  const faults = [...columnFaults(table, columns, from), ...reader.faults];
  const ignored = columns.ignored.map((column) => table.columns[column] ?? '').filter(isNameRepeatable);
  return { editions: reader.editions.map(withoutRepetition), faults, places: reader.places, ignored };
}

function columnFaults(table: Table, { missing, twice, places }: PriceColumns, from: string | undefined) {
  const lacking = missing.map((field): AnyFault => {
    const detail = `the table needs a column ${headerOf(field)} (or ${field})`;
    return { pointer: '', code: 'required', detail };
  });
  if (!places.has('from') && from === undefined) {
    const detail = 'give from in the address, or a column vanaf (or from) in the table';
    lacking.push({ pointer: '/from', code: 'required', detail });
  }
  const repeated = twice.map(({ field, column }): PlacedFault => {
    const place = placeOf(table.headerRow, column, table.columns);
    return { ...place, pointer: '', code: 'duplicate', detail: `one column only can be ${headerOf(field)}` };
  });
  return [...lacking, ...repeated];
}

class Reader {
  readonly editions: Edition[] = [];
  readonly faults: PlacedFault[] = [];
  readonly places = new Map<string, CellPlace>();
  readonly #headers: readonly string[];
  readonly #columns: PriceColumns;
  readonly #from: string | undefined;

  constructor(headers: readonly string[], columns: PriceColumns, from: string | undefined) {
    this.#headers = headers;
    this.#columns = columns;
    this.#from = from;
  }

  add(row: SourceRow): void {
    const from = this.#read(row, 'from', '/from') ?? this.#from;
    const number = this.#editionOf(row, from);
    const edition = this.editions[number];
    if (edition === undefined) return;
    const pointer = `/editions/${number}/items/${edition.items.length}`;
    const item: Item = {};
    for (const field of PRICE_FIELDS) {
      if (field === 'from') continue;
      const value = this.#read(row, field, `${pointer}/${field}`);
      if (value !== undefined) item[field] = value;
    }
    edition.items.push(item);
    this.places.set(pointer, placeOf(row.row, this.#columns.places.get('service') ?? 0, this.#headers));
    const { length } = this.#headers;
    if (row.cells.length > length) {
      const detail = 'the row has more cells than there are headers: put a text with a delimiter in quotes';
      const place = placeOf(row.row, length, this.#headers);
      this.faults.push({ ...place, pointer, code: 'too-many-cells', detail });
    }
  }

  /** The place of the edition that starts on a date; one without a date keeps the rows that have none. */
  #editionOf(row: SourceRow, from: Value | undefined): number {
    const date = String(from ?? '');
    const found = this.editions.findIndex((edition) => edition.from === date);
    if (found !== -1) return found;
    const number = this.editions.push({ from: date, items: [] }) - 1;
    const column = this.#columns.places.get('from');
    if (column !== undefined)
      this.places.set(`/editions/${number}/from`, placeOf(row.row, column, this.#headers));
    return number;
  }

  #read({ row, cells }: SourceRow, field: PriceField, pointer: string): Value | undefined {
    const column = this.#columns.places.get(field);
    if (column === undefined) return undefined;
    const place = placeOf(row, column, this.#headers);
    if (field !== 'from') this.places.set(pointer, place);
    const cell = cells[column];
    if (cell === undefined || isEmptyCell(cell)) {
      if (field === 'from' && this.#from === undefined) {
        const detail = 'must hold a date, or give from in the address';
        this.faults.push({ ...place, pointer, code: 'required', detail });
      }
      return undefined;
    }
    const value = PRICE_CONVERTERS[field](cell);
    if (!(value instanceof Misfit)) return value;
    this.faults.push({ ...place, pointer, code: value.code, detail: value.detail });
    return undefined;
  }
}

/** What all items of an edition say alike, its price level and source, is said once. */
function withoutRepetition({ from, items }: Edition): object {
  const shared: Item = {};
  for (const member of ['priceLevel', 'source'] as const) {
    const value = items[0]?.[member];
    if (value !== undefined && items.every((item) => item[member] === value)) shared[member] = value;
  }
  const own = items.map((item) =>
    Object.fromEntries(Object.entries(item).filter(([member]) => !(member in shared))),
  );
  return { ...(from !== '' && { from }), ...shared, items: own };
}
