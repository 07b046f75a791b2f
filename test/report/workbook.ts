/** Works out the formulas of a workbook with an engine that is not the product's. */
import { HyperFormula } from 'hyperformula';
import { readSheets, type SheetCell } from '../portal/read-files.ts';

/** A workbook whose formulas have been worked out. */
export class Recomputed {
  readonly #engine: HyperFormula;
  readonly #sheets: ReadonlyMap<string, SheetCell[][]>;

  constructor(bytes: Buffer) {
    this.#sheets = readSheets(bytes);
    const sheets = [...this.#sheets].map(([name, rows]) => [name, rows.map((row) => row.map(asked))]);
    this.#engine = HyperFormula.buildFromSheets(Object.fromEntries(sheets), { licenseKey: 'gpl-v3' });
  }

  /** Formulas of a sheet. */
  formulas(sheet: string): string[] {
    return this.#rows(sheet).flatMap((row) => row.flatMap(({ formula }) => formula ?? []));
  }

  /** Of every formula what it comes to, and what the file says that it comes to. */
  results(): { worked: unknown; written: SheetCell['value'] }[] {
    return [...this.#sheets].flatMap(([sheet, rows]) =>
      rows.flatMap((row, at) =>
        row.flatMap(({ formula, value }, col) =>
          formula === undefined ? [] : { worked: this.#valueAt(sheet, at, col), written: value },
        ),
      ),
    );
  }

  /** The values of the row whose first cell holds this text. @throws Error where there is none */
  row(sheet: string, name: string): unknown[] {
    const rows = this.#rows(sheet);
    const at = rows.findIndex(([first]) => first?.value === name);
    if (at < 0) throw new Error(`${sheet} has no row ${name}`);
    return (rows[at] ?? []).map((_, col) => this.#valueAt(sheet, at, col));
  }

  /** Every value of every sheet. */
  values(): unknown[] {
    return Object.values(this.#engine.getAllSheetsValues()).flat(2);
  }

  #valueAt(name: string, row: number, col: number): unknown {
    return this.#engine.getCellValue({ sheet: this.#engine.getSheetId(name) ?? -1, col, row });
  }

  #rows(sheet: string): SheetCell[][] {
    const rows = this.#sheets.get(sheet);
    if (rows === undefined) throw new Error(`There is no sheet ${sheet}`);
    return rows;
  }
}

/** As the engine takes it: texts that look like formulas stay texts, as they are in the file. */
function asked({ value, formula }: SheetCell): SheetCell['value'] {
  if (formula !== undefined) return `=${formula}`;
  return typeof value === 'string' && value.startsWith('=') ? `'${value}` : value;
}
