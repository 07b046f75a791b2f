/** Budget and staff, and what the budget leaves out. */
import { type Html, html } from '../../board/html.ts';
import type { PageContext } from './context.ts';
import { table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Budget en formatie',
    caption: 'Budgetten van de jaren in deze periode',
    columns: ['Waarvoor', 'jaar', 'budget in het hele jaar', 'fte', 'toelichting, en wat er niet in zit'],
    whole: 'Het geheel',
    theme: 'Thema',
    workType: 'Werksoort',
    none: 'Over deze periode is geen budget opgegeven.',
    note: 'Van elk jaar telt het deel van het budget mee dat bij de dagen van de periode hoort.',
    unsaid: 'Wat niet in het budget zit, is niet vermeld.',
  },
  en: {
    title: 'Budget and staff',
    caption: 'Budgets of the years in this period',
    columns: ['For', 'year', 'budget of the whole year', 'FTE', 'note, and what it leaves out'],
    whole: 'The whole',
    theme: 'Theme',
    workType: 'Work type',
    none: 'No budget was given for this period.',
    note: "Of each year's budget the part counts that belongs to the days of the period.",
    unsaid: 'What the budget leaves out is not told.',
  },
};

export function budget({ report, language, formats }: PageContext): Html {
  const words = WORDS[language];
  const themes = new Map(report.themes.map(({ theme, name }) => [theme, name]));
  const workTypes = new Map(report.workTypes.map(({ code, name }) => [code, name]));
  const rows = report.budgets.map(({ year, amount, theme, workType, fte, note }) => {
    const parts = [
      ...(theme === undefined ? [] : [`${words.theme} ${theme} ${themes.get(theme) ?? ''}`]),
      ...(workType === undefined ? [] : [`${words.workType} ${workTypes.get(workType) ?? workType}`]),
    ];
    return {
      cells: [
        parts.length === 0 ? words.whole : parts.join(', '),
        String(year),
        formats.euros(String(amount)),
        formats.decimals(fte),
        note ?? '–',
      ],
    };
  });
  const isUnsaid = report.budgets.every(({ note }) => note === undefined);
  return html`<section aria-labelledby="budget">
<h2 id="budget">${words.title}</h2>
${rows.length === 0 ? html`<p>${words.none}</p>` : table({ caption: words.caption, columns: words.columns, rows, texts: [4] })}
${rows.length === 0 ? null : html`<p class="note">${words.note}${isUnsaid ? ` ${words.unsaid}` : null}</p>`}
</section>`;
}
