/** The annex as a sheet: goals add up to themes, and themes to the total, by formulas over exact amounts. */
import type { Report } from '@effectstroom/contracts';
import type { Language } from '../../board/page.ts';
import { type Cell, cellAt, formula, header, number, type ReportSheet, strong, text } from './cells.ts';
import { SHEET_WORDS } from './words.ts';

const EXACT = 3;

/** @returns the sheet, and the address of its total for formulas on other sheets */
export function annexSheet({ annex }: Report, language: Language): { sheet: ReportSheet; exactCell: string } {
  const { sheets, columns, total } = SHEET_WORDS[language];
  const data: Cell[][] = [header([columns.theme, columns.goal, columns.part, columns.exact])];
  const themeCells: string[] = [];
  for (const { theme, label, exact, goals } of annex.themes) {
    const row = data.length;
    themeCells.push(cellAt(EXACT, row));
    const isWhole = goals.length > 0 && goals.every((goal) => goal.exact !== null);
    const below = `SUM(${cellAt(EXACT, row + 1)}:${cellAt(EXACT, row + goals.length)})`;
    const sum = isWhole ? formula(below, 'exact', exact) : strong(number(exact, 'exact'));
    data.push([strong(text(theme ?? '')), null, strong(text(label)), sum]);
    for (const goal of goals)
      data.push([text(theme ?? ''), text(goal.goal ?? ''), text(goal.label), number(goal.exact, 'exact')]);
  }
  const isWhole = themeCells.length > 0 && annex.themes.every(({ exact }) => exact !== null);
  const sum = isWhole
    ? formula(themeCells.join('+'), 'exact', annex.exact)
    : strong(number(annex.exact, 'exact'));
  const exactCell = `${sheets.annex}!${cellAt(EXACT, data.length)}`;
  data.push([strong(text(total)), null, null, sum]);
  const widths = [{ width: 12 }, { width: 12 }, { width: 64 }, { width: 28 }];
  return { sheet: { sheet: sheets.annex, data, columns: widths, stickyRowsCount: 1 }, exactCell };
}
