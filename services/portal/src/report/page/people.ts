/** Who was helped, what was strengthened, and by which work. */
import type { ReportGroup } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import { asName } from '../../board/names.ts';
import { wellbeingName } from '../../board/wellbeing.ts';
import { figure, HIDDEN, type PageContext } from './context.ts';
import { table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Voor wie en waarmee',
    targetGroups: 'Doelgroepen',
    youth: (share: string) => `${share} van de casussen gaat over kinderen, ouders en jeugd.`,
    wellbeing: 'Positieve gezondheid: wat het meest is versterkt',
    workTypes: 'Werksoorten',
    supportTypes: 'Typen ondersteuning',
    columns: ['Groep', 'beoordeeld', 'staan voor', 'aandeel', 'besparing'],
    returns: 'rendement',
    none: 'Niet vermeld',
    note:
      'Het aandeel is dat van de casussen waarvoor de beoordeelde casussen staan; de besparing is na ' +
      'correctie.',
  },
  en: {
    title: 'For whom and by what',
    targetGroups: 'Target groups',
    youth: (share: string) => `${share} of the cases are about children, parents and youth.`,
    wellbeing: 'Positive health: what was strengthened most',
    workTypes: 'Work types',
    supportTypes: 'Support types',
    columns: ['Group', 'assessed', 'stand for', 'share', 'total effect'],
    returns: 'return',
    none: 'Not told',
    note: 'The share is that of the cases which the assessed ones stand for; the effect is after correction.',
  },
};

export function people(context: PageContext): Html | null {
  const { report, language, formats } = context;
  const words = WORDS[language];
  const { targetGroups, wellbeing, workTypes, supportTypes, youthShare } = report;
  const tables = [
    groups(words.targetGroups, targetGroups, context),
    youthShare === null ? null : html`<p>${words.youth(formats.percent(youthShare))}</p>`,
    groups(words.wellbeing, wellbeing, context),
    groups(words.workTypes, workTypes, context),
    groups(words.supportTypes, supportTypes, context),
  ];
  if (tables.every((one) => one === null)) return null;
  return html`<section aria-labelledby="voor-wie">
<h2 id="voor-wie">${words.title}</h2>
${tables}
<p class="note">${words.note}</p>
</section>`;
}

/** Nothing where no case tells it. */
function groups(caption: string, list: readonly ReportGroup[], context: PageContext): Html | null {
  const { language, formats } = context;
  const words = WORDS[language];
  if (list.every(({ code }) => code === null)) return null;
  const hasReturn = list.some(({ figures }) => figures.return !== null);
  const rows = list.map(({ code, name, represented, share, figures }) => ({
    cells: [
      name ?? (code === null ? words.none : asName(wellbeingName(code, language))),
      figure(figures, ({ cases }) => cases.assessed, formats.count),
      represented === null ? HIDDEN : formats.count(represented),
      represented === null ? HIDDEN : formats.percent(share),
      figure(figures, ({ corrected }) => corrected.total, formats.euros),
      ...(hasReturn ? [figure(figures, (shown) => shown.return, formats.percent)] : []),
    ],
  }));
  return table({ caption, columns: hasReturn ? [...words.columns, words.returns] : words.columns, rows });
}
