/** Themes and goals, as the published studies show them, and what the organisation says of each theme. */
import type { Report } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { Language } from '../../board/page.ts';
import { figure, type PageContext } from './context.ts';
import { paragraphs, type TableRow, table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Thema’s en doelen',
    caption: 'Besparing per thema en doel, na correctie',
    columns: ['Thema en doel', 'beoordeeld', 'staan voor', 'eenmalig', 'jaarlijks', 'besparing'],
    theme: 'Thema',
    noTheme: 'Zonder thema',
    noGoal: 'Zonder doel',
    total: 'Totaal',
    note: 'Jaarlijks is het eerste jaar; de besparing telt de volgende jaren mee.',
    budgets: 'Thema’s tegenover hun budget',
    budgetColumns: ['Thema', 'besparing', 'budget', 'rendement samenleving', 'rendement gemeente'],
    without: 'Zonder cijfers in deze periode:',
  },
  en: {
    title: 'Themes and goals',
    caption: 'Savings per theme and goal, after correction',
    columns: ['Theme and goal', 'assessed', 'stand for', 'one-off', 'yearly', 'total effect'],
    theme: 'Theme',
    noTheme: 'Without a theme',
    noGoal: 'Without a goal',
    total: 'Total',
    note: 'Yearly is the first year; the total effect counts the following years.',
    budgets: 'Themes against their budget',
    budgetColumns: ['Theme', 'total effect', 'budget', 'return society', 'return municipality'],
    without: 'Without figures in this period:',
  },
};

export function themes(context: PageContext): Html {
  const { report, language } = context;
  const words = WORDS[language];
  const rows = report.themes.flatMap((theme): TableRow[] => [
    { kind: 'group', cells: [nameOf(theme, language), ...cellsOf(theme.figures, context)] },
    ...theme.goals.map(({ goal, name, figures }) => ({
      cells: [goal === null ? words.noGoal : `${goal} ${name ?? ''}`, ...cellsOf(figures, context)],
    })),
  ]);
  const sum: TableRow = { kind: 'sum', cells: [words.total, ...cellsOf(report.total, context)] };
  const without = report.themesWithoutFigures.map(({ code, name }) => `${code} ${name}`).join('; ');
  return html`<section aria-labelledby="themas">
<h2 id="themas">${words.title}</h2>
${table({ caption: words.caption, columns: words.columns, rows: [...rows, sum] })}
<p class="note">${words.note}</p>
${without === '' ? null : html`<p class="note">${words.without} ${without}.</p>`}
${budgets(context)}
${report.themes.map((theme) =>
  theme.text === null
    ? null
    : html`<div class="own"><h3>${nameOf(theme, language)}</h3>${paragraphs(theme.text)}</div>`,
)}
</section>`;
}

function nameOf({ theme, name }: Report['themes'][number], language: Language): string {
  const words = WORDS[language];
  return theme === null ? words.noTheme : `${words.theme} ${theme}${name === null ? '' : `: ${name}`}`;
}

function cellsOf(figures: Report['total'], { formats }: PageContext): string[] {
  return [
    figure(figures, ({ cases }) => cases.assessed, formats.count),
    figure(figures, ({ cases }) => cases.represented, formats.count),
    figure(figures, ({ corrected }) => corrected.oneOff, formats.euros),
    figure(figures, ({ corrected }) => corrected.yearlyFirstYear, formats.euros),
    figure(figures, ({ corrected }) => corrected.total, formats.euros),
  ];
}

/** Only where themes have budgets of their own. */
function budgets({ report, language, formats }: PageContext): Html | null {
  const words = WORDS[language];
  const rows = report.themes
    .filter(({ figures }) => figures.budget !== null)
    .map((theme) => ({
      cells: [
        nameOf(theme, language),
        figure(theme.figures, ({ corrected }) => corrected.total, formats.euros),
        figure(theme.figures, ({ budget }) => budget, formats.euros),
        figure(theme.figures, (shown) => shown.return, formats.percent),
        figure(theme.figures, ({ municipal }) => municipal.return, formats.percent),
      ],
    }));
  return table({ caption: words.budgets, columns: words.budgetColumns, rows });
}
