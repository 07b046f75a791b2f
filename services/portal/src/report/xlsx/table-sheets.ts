/** The sheets that hold the tables of the report. */
import type { Report, ReportFigures, ReportGroup } from '@effectstroom/contracts';
import type { Language } from '../../board/page.ts';
import { wellbeingName } from '../../board/wellbeing.ts';
import { cellAt, formula, type ReportSheet } from './cells.ts';
import { type SumColumn, sumSheet } from './sum-sheet.ts';
import { SHEET_WORDS } from './words.ts';

interface WithFigures {
  figures: ReportFigures;
}

/** Cases and corrected amounts, as themes and goals have them. */
function figureColumns<Row extends WithFigures>(
  { total }: Report,
  language: Language,
  exact: (row: Row) => string | null | undefined,
): SumColumn<Row>[] {
  const { columns } = SHEET_WORDS[language];
  const column = (
    name: string,
    kind: 'count' | 'euros',
    of: (figures: ReportFigures) => string | number | null,
  ): SumColumn<Row> => ({ name, kind, value: ({ figures }) => of(figures), sums: { whole: of(total) } });
  return [
    column(columns.registered, 'count', ({ cases }) => cases?.registered ?? null),
    column(columns.assessed, 'count', ({ cases }) => cases?.assessed ?? null),
    column(columns.represented, 'count', ({ cases }) => cases?.represented ?? null),
    column(columns.oneOff, 'euros', ({ corrected }) => corrected?.oneOff ?? null),
    column(columns.yearly, 'euros', ({ corrected }) => corrected?.yearlyFirstYear ?? null),
    {
      ...{ name: columns.effect, kind: 'euros' as const },
      value: (row) => exact(row) ?? row.figures.corrected?.total ?? null,
      sums: { whole: total.corrected?.total ?? null },
    },
  ];
}

/** The exact effect of a theme, so that its sheet adds up to the cent; parts of 0 are not in the annex. */
function exactOfTheme({ annex }: Report, code: string | null) {
  return annex.themes.find(({ theme }) => theme === code);
}

export function themesSheet(report: Report, language: Language): ReportSheet {
  const { sheets, columns, total, noTheme } = SHEET_WORDS[language];
  return sumSheet({
    sheet: sheets.themes,
    total,
    rows: report.themes,
    columns: [
      { name: columns.theme, value: ({ theme }) => theme ?? noTheme },
      { name: columns.name, width: 40, value: ({ name }) => name },
      ...figureColumns<Report['themes'][number]>(
        ...([report, language] as const),
        ({ theme }) => exactOfTheme(report, theme)?.exact,
      ),
      { name: columns.budget, kind: 'euros', value: ({ figures }) => figures.budget ?? '' },
    ],
  });
}

export function goalsSheet(report: Report, language: Language): ReportSheet {
  const { sheets, columns, total, noTheme } = SHEET_WORDS[language];
  const rows = report.themes.flatMap(({ theme, goals }) => goals.map((goal) => ({ theme, ...goal })));
  return sumSheet({
    sheet: sheets.goals,
    total,
    rows,
    columns: [
      { name: columns.theme, value: ({ theme }) => theme ?? noTheme },
      { name: columns.goal, value: ({ goal }) => goal },
      { name: columns.name, width: 60, value: ({ name }) => name },
      ...figureColumns<(typeof rows)[number]>(
        ...([report, language] as const),
        ({ theme, goal }) => exactOfTheme(report, theme)?.goals.find((one) => one.goal === goal)?.exact,
      ),
    ],
  });
}

const FIRST_YEAR = 3;

export function costBearersSheet(report: Report, language: Language): ReportSheet {
  const { sheets, columns, total, yes, no, ofMunicipality } = SHEET_WORDS[language];
  const { costBearers } = report;
  const isWhole = costBearers.every(({ firstYear }) => firstYear !== null);
  return sumSheet({
    sheet: sheets.costBearers,
    total,
    rows: costBearers,
    columns: [
      { name: columns.costBearer, width: 36, value: ({ name }) => name },
      { name: columns.code, width: 30, value: ({ costBearer }) => costBearer },
      { name: columns.municipal, value: ({ municipal }) => (municipal ? yes : no) },
      { name: columns.firstYear, kind: 'euros', value: ({ firstYear }) => firstYear, sums: { whole: null } },
      {
        ...{ name: columns.effect, kind: 'euros' as const },
        value: ({ figures: { corrected } }) => corrected?.total ?? null,
        sums: { whole: report.total.corrected?.total ?? null },
      },
    ],
    more: {
      names: [columns.share, ofMunicipality],
      of: ({ share }, at, totalRow) =>
        isWhole ? [formula(`${cellAt(FIRST_YEAR, at)}/${cellAt(FIRST_YEAR, totalRow)}`, 'share', share)] : [],
      ofTotal: (totalRow) => {
        if (!isWhole || costBearers.length === 0) return [];
        const marks = `${cellAt(2, 1)}:${cellAt(2, totalRow - 1)}`;
        const amounts = `${cellAt(FIRST_YEAR, 1)}:${cellAt(FIRST_YEAR, totalRow - 1)}`;
        const share = `SUMIF(${marks},"${yes}",${amounts})/${cellAt(FIRST_YEAR, totalRow)}`;
        return [null, formula(share, 'share', report.municipalShare)];
      },
    },
  });
}

/** Groups of cases; nothing where no case tells its group. */
export function groupSheets(report: Report, language: Language): ReportSheet[] {
  const { sheets } = SHEET_WORDS[language];
  const kinds = ['targetGroups', 'wellbeing', 'workTypes', 'supportTypes'] as const;
  return kinds
    .filter((kind) => report[kind].some(({ code }) => code !== null))
    .map((kind) => groupSheet(report, language, sheets[kind], report[kind]));
}

const REPRESENTED = 3;

function groupSheet(
  report: Report,
  language: Language,
  sheet: string,
  rows: readonly ReportGroup[],
): ReportSheet {
  const { columns, total } = SHEET_WORDS[language];
  const whole = report.total;
  return sumSheet({
    ...{ sheet, total, rows },
    columns: [
      {
        ...{ name: columns.name, width: 36 },
        value: ({ code, name }) => name ?? (code === null ? '–' : wellbeingName(code, language)),
      },
      { name: columns.code, width: 24, value: ({ code }) => code },
      {
        ...{ name: columns.assessed, kind: 'count' as const },
        value: ({ figures: { cases } }) => cases?.assessed ?? null,
        sums: { whole: whole.cases?.assessed ?? null },
      },
      {
        ...{ name: columns.represented, kind: 'count' as const },
        value: ({ represented }) => represented,
        sums: { whole: whole.cases?.represented ?? null },
      },
      {
        ...{ name: columns.effect, kind: 'euros' as const },
        value: ({ figures: { corrected } }) => corrected?.total ?? null,
        sums: { whole: whole.corrected?.total ?? null },
      },
    ],
    more: {
      names: [columns.share],
      of: ({ share }, at, totalRow) =>
        share === null
          ? []
          : [formula(`${cellAt(REPRESENTED, at)}/${cellAt(REPRESENTED, totalRow)}`, 'share', share)],
    },
  });
}
