/** The sheets with settings: budgets as they were given, and method and basis. */
import type { Report } from '@effectstroom/contracts';
import type { Language } from '../../board/page.ts';
import { type Cell, header, number, type ReportSheet, text, title } from './cells.ts';
import { SHEET_WORDS } from './words.ts';

export function budgetsSheet({ budgets }: Report, language: Language): ReportSheet {
  const { sheets, columns } = SHEET_WORDS[language];
  const rows = budgets.map(({ year, amount, theme, workType, fte, note }): Cell[] => [
    ...[text(String(year)), text(theme ?? null), text(workType ?? null), number(String(amount), 'euros')],
    ...[fte === undefined ? null : number(String(fte), 'ratio'), text(note ?? null)],
  ]);
  const { year, theme, workType, amount, fte, note } = columns;
  return {
    sheet: sheets.budgets,
    data: [header([year, theme, workType, amount, fte, note]), ...rows],
    columns: [{ width: 10 }, { width: 12 }, { width: 24 }, { width: 24 }, { width: 12 }, { width: 80 }],
    stickyRowsCount: 1,
  };
}

/** @param tables captions with rows of texts, as the page has them */
export function methodSheet(
  tables: readonly { caption: string; rows: readonly (readonly string[])[] }[],
  language: Language,
): ReportSheet {
  return {
    sheet: SHEET_WORDS[language].sheets.method,
    data: tables.flatMap(({ caption, rows }): Cell[][] => [
      [title(caption)],
      ...rows.map((cells) => cells.map(text)),
      [],
    ]),
    columns: [{ width: 40 }, { width: 80 }, { width: 24 }],
  };
}
