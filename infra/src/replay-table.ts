import type { Savings } from '@effectstroom/contracts';
import { computeFigure, type PublishedTable, type Unit } from './published-figures.ts';

/** One published figure beside the computed one. */
export type ComparedRow = {
  label: string;
  published: string;
  computed: string | undefined;
  matches: boolean;
};

/** A published table beside the figures of an answer. */
export type ComparedTable = { title: string; unit: Unit; rows: ComparedRow[] };

/** Compares a published table with an answer of `/v1/savings`, grouped by the table's dimension. */
export function compare(table: PublishedTable, answer: Savings): ComparedTable {
  const rows = table.rows.map((row) => {
    const computed = computeFigure(row, table, answer);
    return { label: row.label, published: row.published, computed, matches: computed === row.published };
  });
  return { title: table.title, unit: table.unit, rows };
}

/** A compared table as lines for the terminal: label, published, computed, and a mark. */
export function tableLines({ title, unit, rows }: ComparedTable): string[] {
  const cells = rows.map((row) => ({
    label: row.label,
    published: dutch(row.published, unit),
    computed: dutch(row.computed, unit),
    mark: row.matches ? '✔' : '✘',
  }));
  const width = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const label = width(cells.map((cell) => cell.label));
  const published = width(['gepubliceerd', ...cells.map((cell) => cell.published)]);
  const computed = width(['berekend', ...cells.map((cell) => cell.computed)]);
  const line = (...[first, second, third, mark]: [string, string, string, string]) =>
    `  ${first.padEnd(label)}  ${second.padStart(published)}  ${third.padStart(computed)}  ${mark}`.trimEnd();
  return [
    title,
    line('', 'gepubliceerd', 'berekend', ''),
    ...cells.map((cell) => line(cell.label, cell.published, cell.computed, cell.mark)),
  ];
}

/** A whole number as the Dutch write it, with its unit; a dash when it is not known. */
function dutch(text: string | undefined, unit: Unit): string {
  if (text === undefined) return '–';
  const number = BigInt(text).toLocaleString('nl-NL');
  if (unit === 'euro') return `€ ${number}`;
  return unit === 'percent' ? `${number} %` : number;
}
