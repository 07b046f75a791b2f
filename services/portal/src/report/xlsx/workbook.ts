/** A report as XLSX, with live formulas for its totals. */
import type { Report } from '@effectstroom/contracts';
import writeXlsxFile from 'write-excel-file/node';
import { formatsIn } from '../../board/formats.ts';
import type { Language } from '../../board/page.ts';
import { basisTable } from '../page/basis.ts';
import { methodTable } from '../page/method.ts';
import { titleOf } from '../page/page.ts';
import { annexSheet } from './annex-sheet.ts';
import { withResults } from './formula-results.ts';
import { summarySheet } from './summary-sheet.ts';
import { costBearersSheet, goalsSheet, groupSheets, themesSheet } from './table-sheets.ts';
import { budgetsSheet, methodSheet } from './text-sheets.ts';

/** The file: whoever opens it works out the formulas; a preview shows the results beside them. */
export function reportWorkbook(report: Report, language: Language): Promise<Buffer> {
  const context = { report, language, formats: formatsIn(language) };
  const { sheet: annex, exactCell } = annexSheet(report, language);
  const heading = titleOf(report, language);
  const sheets = [
    summarySheet(report, language, { heading, exactCell }),
    themesSheet(report, language),
    goalsSheet(report, language),
    costBearersSheet(report, language),
    ...groupSheets(report, language),
    budgetsSheet(report, language),
    methodSheet([methodTable(context), basisTable(context)], language),
    annex,
  ];
  const transform = (xml: string, _options: unknown, { sheetIndex }: { sheetIndex: number }) => {
    const sheet = sheets[sheetIndex];
    return sheet === undefined ? xml : withResults(xml, sheet);
  };
  const features = [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform } } } }];
  return writeXlsxFile(sheets, { features }).toBuffer();
}
