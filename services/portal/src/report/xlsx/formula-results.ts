/** Writes beside each formula what it comes to: a preview, or Excel's protected view, works nothing out. */
import type { Cell, FormulaCell, ReportSheet } from './cells.ts';

/** @param xml of the sheet, with its formulas in the order of the rows and without results */
export function withResults(xml: string, { data }: ReportSheet): string {
  const results = data.flat().filter(isFormula).values();
  return xml.replaceAll('</f>', (end) => {
    const result = results.next().value?.result ?? null;
    return result === null ? end : `${end}<v>${result}</v>`;
  });
}

function isFormula(cell: Cell): cell is FormulaCell {
  return typeof cell === 'object' && cell !== null && 'result' in cell;
}
