/** The first sheet: the effect and the return, worked out from its own cells and those of the annex. */
import type { Report } from '@effectstroom/contracts';
import type { Language } from '../../board/page.ts';
import { centsOf, eurosOf } from '../shares.ts';
import {
  type Cell,
  cellAt,
  formula,
  header,
  number,
  type ReportSheet,
  strong,
  text,
  title,
} from './cells.ts';
import { SHEET_WORDS } from './words.ts';

const GROSS = 1;
const CORRECTED = 2;

/**
 * @param heading what the report is called
 * @param exactCell address of the exact total on the annex
 */
export function summarySheet(
  report: Report,
  language: Language,
  { heading, exactCell }: { heading: string; exactCell: string },
): ReportSheet {
  const words = SHEET_WORDS[language];
  const data: Cell[][] = [[title(heading)], [text(report.programme.name)], []];
  const columns = [{ width: 52 }, { width: 24 }, { width: 24 }];
  const { total } = report;
  if ('suppressed' in total)
    return { sheet: words.sheets.summary, data: [...data, [text(words.hidden)]], columns };
  const { gross, corrected, municipal } = total;
  const line = (name: string, one: string, other: string): Cell[] => [
    ...[text(name), number(one, 'euros'), number(other, 'euros')],
  ];
  data.push(header(['', words.gross, words.corrected]));
  const first = data.length;
  data.push(
    line(words.oneOff, gross.oneOff, corrected.oneOff),
    line(words.yearly, gross.yearlyFirstYear, corrected.yearlyFirstYear),
    ...gross.followingYears.map((amount, place) =>
      line(words.following(place + 1), amount, corrected.followingYears[place] ?? '0.00'),
    ),
  );
  const sums = data.length;
  const sumOf = (column: number, amounts: Amounts) =>
    formula(`SUM(${cellAt(column, first)}:${cellAt(column, sums - 1)})`, 'euros', eurosOf(centsIn(amounts)));
  data.push([strong(text(words.effect)), sumOf(GROSS, gross), sumOf(CORRECTED, corrected)]);
  const ofMunicipality = data.length;
  data.push(line(words.municipal, municipal.gross, municipal.corrected), []);
  data.push(...returnsOf(report, language, { effect: sums, ofMunicipality, at: data.length }), []);
  const known = data.length;
  const effect = cellAt(CORRECTED, sums);
  data.push(
    [text(words.exact), null, formula(exactCell, 'exact', report.annex.exact)],
    [text(words.known), null, number(corrected.total, 'euros')],
    [
      ...[text(words.difference), null],
      formula(
        `ROUND(${effect}-${cellAt(CORRECTED, known + 1)},2)`,
        'euros',
        eurosOf(centsIn(corrected) - centsOf(corrected.total)),
      ),
    ],
    [],
    [text(words.rounding)],
  );
  return { sheet: words.sheets.summary, data, columns };
}

type Amounts = Pick<NonNullable<Report['total']['gross']>, 'oneOff' | 'yearlyFirstYear' | 'followingYears'>;

/** The sum of the rows, each in whole cents. */
function centsIn({ oneOff, yearlyFirstYear, followingYears }: Amounts): bigint {
  return [oneOff, yearlyFirstYear, ...followingYears].reduce((sum, euros) => sum + centsOf(euros), 0n);
}

/** Nothing where there is nothing to divide by. */
function returnsOf(
  { total }: Report,
  language: Language,
  rows: { effect: number; ofMunicipality: number; at: number },
): Cell[][] {
  const words = SHEET_WORDS[language];
  if (total.returnBasis === null || 'suppressed' in total) return [];
  const paid = total.returnBasis === 'cost' ? total.cost : total.budget;
  const divided = (row: number, result: string | null) =>
    formula(`${cellAt(CORRECTED, row)}/${cellAt(CORRECTED, rows.at)}`, 'ratio', result);
  return [
    [text(words.paid[total.returnBasis]), null, number(paid, 'euros')],
    [text(words.returns), null, divided(rows.effect, total.return)],
    [text(words.municipalReturn), null, divided(rows.ofMunicipality, total.municipal.return)],
  ];
}
