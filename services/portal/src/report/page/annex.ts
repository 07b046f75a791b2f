/** The annex: the headline walked down to its parts, exactly. */

import { type Html, html } from '../../board/html.ts';
import { HIDDEN, type PageContext } from './context.ts';
import { type TableRow, table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Bijlage: waar het totaal vandaan komt',
    lead:
      'Niet afgerond, zodat het precies optelt: de doelen samen zijn hun thema, de thema’s samen het ' +
      'totaal. Elk deel is op het bord verder te volgen, tot aan de casussen, regels en prijzen ' +
      '(Uitleg).',
    caption: 'Besparing na correctie, in euro’s, exact',
    columns: ['Deel', 'euro'],
    total: 'Totale besparing',
  },
  en: {
    title: 'Annex: where the total comes from',
    lead:
      'Not rounded, so that it adds up exactly: goals together are their theme, themes together the ' +
      'total. Each part can be followed further on the board, down to cases, lines and prices ' +
      '(Explanation).',
    caption: 'Total effect after correction, in euros, exact',
    columns: ['Part', 'euro'],
    total: 'Total effect',
  },
};

export function annex({ report, language, formats }: PageContext): Html | null {
  const words = WORDS[language];
  const { themes, exact } = report.annex;
  const shown = (amount: string | null) => (amount === null ? HIDDEN : formats.exact(amount));
  const labelOf = (label: string) => (language === 'nl' ? label : inEnglish(label));
  const rows = themes.flatMap((theme): TableRow[] => [
    { kind: 'group', cells: [labelOf(theme.label), shown(theme.exact)] },
    ...theme.goals.map((goal) => ({ cells: [labelOf(goal.label), shown(goal.exact)] })),
  ]);
  if (rows.length === 0) return null;
  return html`<section aria-labelledby="bijlage" class="annex">
<h2 id="bijlage">${words.title}</h2>
<p>${words.lead}</p>
${table({ ...words, rows: [...rows, { kind: 'sum', cells: [words.total, shown(exact)] }] })}
</section>`;
}

/** Labels of the walk are Dutch; the names behind them are the programme's own. */
function inEnglish(label: string): string {
  return label
    .replace(/^Thema\b/, 'Theme')
    .replace(/^Doel\b/, 'Goal')
    .replace(/^Zonder thema$/, 'Without a theme')
    .replace(/^Zonder doel$/, 'Without a goal');
}
