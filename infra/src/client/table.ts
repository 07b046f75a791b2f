import { printable } from './terminal.ts';

const GAP = '  ';
const LEAST_WIDTH = 4;
const MOST_OF_CELL = 200;

/**
 * A table as lines of text, columns to the left; cells that do not fit are cut off with `…`, the widest
 * column first.
 */
export function tableLines(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const cells = [header, ...rows].map((row) =>
    header.map((_, column) => printable(row[column] ?? '').slice(0, MOST_OF_CELL)),
  );
  const widths = fitting(
    header.map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column] ?? '')))),
    width - GAP.length * (header.length - 1),
  );
  const [first = [], ...others] = cells;
  const line = (row: readonly string[]) =>
    widths
      .map((wide, column) => padded(row[column] ?? '', wide))
      .join(GAP)
      .trimEnd();
  return [line(first), widths.map((wide) => '─'.repeat(wide)).join(GAP), ...others.map(line)];
}

/** Takes from the widest column until all fit. */
function fitting(widths: readonly number[], room: number): number[] {
  const fitted = [...widths];
  for (let over = fitted.reduce((sum, wide) => sum + wide, 0) - room; over > 0; over--) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const wide = fitted[widest] ?? 0;
    if (wide <= LEAST_WIDTH) break;
    fitted[widest] = wide - 1;
  }
  return fitted;
}

function padded(text: string, wide: number): string {
  const characters = [...text];
  if (characters.length > wide) return `${characters.slice(0, wide - 1).join('')}…`;
  return text + ' '.repeat(wide - characters.length);
}

function lengthOf(text: string): number {
  return [...text].length;
}
