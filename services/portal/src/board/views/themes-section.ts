/** The themes of one programme: a chart, a table, and the goals below each theme. */
import type { OutlookFigures, OutlookRow, Programme, PublicSavings } from '@effectstroom/contracts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { outlookChart } from '../../charts/outlook-chart.ts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext, Language } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { explainLink } from './explain-link.ts';
import { goalsTable } from './goals-table.ts';
import { outlookStatus } from './outlook-status.ts';
import { scopeNames } from './programmes-in-scope.ts';

/** Everything of one programme. */
export interface ThemesParts {
  programme: Programme;
  /** Among the programmes on the page. */
  place: number;
  /** By theme. */
  themes: readonly OutlookRow[];
  whole: OutlookFigures | undefined;
  /** Rows by theme and goal. */
  goals: PublicSavings['rows'];
  isOnly: boolean;
}

export function themesSection(parts: ThemesParts, context: BoardContext): Html {
  const { programme, place, themes, isOnly, goals } = parts;
  const { language, names } = context;
  const { municipality, organisation } = programme;
  const titleText = isOnly
    ? programme.name
    : `${names.municipality(municipality)}, ${names.organisation(organisation)}: ${programme.name}`;
  const named = scopeNames([programme], { nl: 'Zonder', en: 'None' }[language]);
  const nameOf = ({ theme }: OutlookRow) => named.theme(theme ?? null);
  const words = {
    label: { nl: 'Besparing per thema naast het budget', en: 'Savings of each theme beside the budget' },
    goals: { nl: 'Doelen', en: 'Goals' },
  };
  const number = (amount: string | null | undefined) => (amount == null ? null : Number(amount));
  const bars = themes.map((row) => {
    const { toDate, budget, expected } = row;
    const { low = null, mid = null, high = null } = expected ?? {};
    return {
      ...{
        name: isHidden(row) ? `${nameOf(row)} *` : nameOf(row),
        toDate: number(toDate),
        budget: number(budget),
      },
      expected: mid === null ? null : { low: number(low), mid: Number(mid), high: number(high) },
    };
  });
  return html`<section aria-labelledby="programme-${place}">
    <h2 id="programme-${place}">${titleText}</h2>
    ${
      themes.length > 0 &&
      chartFigure({
        ...{
          id: `themes-${place}`,
          language,
          label: `${words.label[language]}: ${titleText}`,
          isTableOpen: true,
        },
        legend: legendOf(
          language,
          bars.some(({ expected }) => expected !== null && expected.low !== null),
        ),
        draw: (isNarrow) => outlookChart(bars, language, isNarrow),
        table: themesTable({ ...parts, title: titleText }, nameOf, context),
      })
    }
    ${
      goals.length > 0 &&
      html`<details id="goals-${place}"><summary>${words.goals[language]}</summary>
        ${goalsTable({ goals, programme, place, named, title: titleText }, context)}</details>`
    }
  </section>`;
}

function legendOf(language: Language, isExpected: boolean) {
  return [
    { mark: 'bar', label: { nl: 'Besparing tot nu toe', en: 'Savings so far' }[language] },
    { mark: 'tick', label: { nl: 'Budget van het jaar', en: 'Budget of the year' }[language] },
    ...(isExpected
      ? [
          {
            mark: 'interval',
            label: {
              nl: 'Verwacht eind van het jaar, van laag tot hoog',
              en: 'Expected year end, low to high',
            }[language],
          },
        ]
      : []),
  ];
}

function themesTable(
  { programme, place, themes, whole, title }: ThemesParts & { title: string },
  nameOf: (row: OutlookRow) => string,
  context: BoardContext,
): Html {
  const { language } = context;
  const labels = {
    nl: ['Thema', 'Hoe staat het ervoor', 'Besparing', 'Budget', 'Budget tot nu', 'Verwacht'],
    en: ['Theme', 'How it stands', 'Savings', 'Budget', 'Budget so far', 'Expected'],
  }[language];
  const { municipality, organisation } = programme;
  const steps = [
    ['municipality', municipality],
    ['organisation', organisation],
    ['programme', programme.programme],
  ] as const;
  const cells = (name: Piece, row: OutlookFigures, theme?: string | null): Piece[] => {
    const { cents } = shown(context, isHidden(row));
    const { cents: plain } = shown(context);
    const path = theme === undefined ? steps : [...steps, ['theme', theme] as const];
    return [
      ...[name, outlookStatus(row, language), explainLink(context, cents(row.toDate), { path })],
      ...[plain(row.budget), plain(row.budgetToDate), expectedCell(row, context)],
    ];
  };
  return table({
    id: `themes-figures-${place}`,
    caption: `${{ nl: 'Thema’s naast het budget', en: 'Themes beside the budget' }[language]}: ${title}`,
    columns: labels.map((label, at) => ({ label, isNumber: at > 1 })),
    rows: themes.map((row) => cells(nameOf(row), row, row.theme ?? null)),
    foot: whole && cells({ nl: 'Alles samen', en: 'Together' }[language], whole),
  });
}

/** What is expected, and below it from low to high. */
function expectedCell({ expected, unexpected }: OutlookFigures, context: BoardContext): Html {
  const { language } = context;
  const { cents } = shown(context, unexpected === 'few-cases');
  if (expected === null || expected.low === null) return html`${cents(expected?.mid)}`;
  const to = { nl: 'tot', en: 'to' }[language];
  const { low, mid, high } = expected;
  return html`${cents(mid)}<br><span class="basis">${cents(low)} ${to} ${cents(high)}</span>`;
}
