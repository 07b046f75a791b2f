/**
 * Cost bearers: who would have paid, with shares of the gross first year as the published studies have
 * them.
 */
import { type Html, html } from '../../board/html.ts';
import { figure, HIDDEN, type PageContext } from './context.ts';
import { table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Kostenhouders',
    caption: 'Wie de kosten had gemaakt',
    columns: [
      'Kostenhouder',
      'gemeente',
      'eerste jaar, bruto',
      'aandeel',
      'verhouding',
      'besparing, na correctie',
    ],
    yes: 'ja',
    no: 'nee',
    note:
      'Het aandeel is dat van de bruto besparing in het eerste jaar. Elk bedrag is apart ' +
      'afgerond: samen kunnen zij enkele euro’s afwijken van het totaal.',
    share: (share: string) => `Van die besparing komt ${share} bij de gemeente terecht.`,
  },
  en: {
    title: 'Cost bearers',
    caption: 'Who would have paid',
    columns: [
      'Cost bearer',
      'municipal',
      'first year, before correction',
      'share',
      'proportion',
      'total effect, after correction',
    ],
    yes: 'yes',
    no: 'no',
    note:
      'The share is that of the first year, before correction. Every amount is rounded by itself: ' +
      'together they may differ from the total by some euros.',
    share: (share: string) => `Of that saving ${share} falls to the municipality.`,
  },
};

export function bearers({ report, language, formats }: PageContext): Html | null {
  const words = WORDS[language];
  const { costBearers, municipalShare } = report;
  const largest = Math.max(...costBearers.map(({ share }) => Number(share ?? 0)));
  const rows = costBearers.map(({ name, municipal, firstYear, share, figures }) => ({
    cells: [
      ...[name, municipal ? words.yes : words.no],
      ...[firstYear === null ? HIDDEN : formats.euros(firstYear)],
      ...[firstYear === null ? HIDDEN : formats.percent(share), bar(share, largest, municipal)],
      figure(figures, ({ corrected }) => corrected.total, formats.euros),
    ],
  }));
  if (rows.length === 0) return null;
  return html`<section aria-labelledby="kostenhouders">
<h2 id="kostenhouders">${words.title}</h2>
${table({ caption: words.caption, columns: words.columns, rows, texts: [1, 4] })}
${municipalShare === null ? null : html`<p>${words.share(formats.percent(municipalShare))}</p>`}
<p class="note">${words.note}</p>
</section>`;
}

const BAR_WIDTH = 100;

/** The share beside the largest one, to see at a glance; the figure stands beside it. */
function bar(share: string | null, largest: number, municipal: boolean): Html | null {
  if (share === null || largest <= 0) return null;
  const width = Math.max(0.5, (Number(share) / largest) * BAR_WIDTH).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 ${BAR_WIDTH} 10" aria-hidden="true" focusable="false" preserveAspectRatio="none"
><rect class="${municipal ? 'municipal' : 'other'}" width="${width}" height="10"/></svg>`;
}
