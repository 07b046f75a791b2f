/** One row a source: what was agreed, and what came. */
import type { DeliveryRow } from '@effectstroom/contracts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext, Language, Words } from '../page.ts';
import { shown } from '../shown.ts';
import { table } from '../table.ts';
import { standing } from './standing.ts';

const RHYTHMS: Readonly<Record<string, Words>> = {
  daily: { nl: 'elke dag', en: 'every day' },
  weekly: { nl: 'elke week', en: 'every week' },
  monthly: { nl: 'elke maand', en: 'every month' },
  quarterly: { nl: 'elk kwartaal', en: 'every quarter' },
  yearly: { nl: 'elk jaar', en: 'every year' },
};

export function deliveriesTable(rows: readonly DeliveryRow[], context: BoardContext): Html {
  const { language } = context;
  const labels = {
    nl: [
      'Organisatie',
      'Bron',
      'Levert',
      'Voor het laatst',
      'Uiterlijk',
      'Op tijd',
      'Deel beoordeeld',
      'In quarantaine',
      'Geweigerd',
    ],
    en: [
      'Organisation',
      'Source',
      'Delivers',
      'Last time',
      'Due',
      'In time',
      'Part assessed',
      'In quarantine',
      'Refused',
    ],
  }[language];
  return table({
    id: 'deliveries',
    caption: { nl: 'Bronnen', en: 'Sources' }[language],
    columns: labels.map((label, at) => ({ label, isNumber: at > 5 })),
    rows: rows.map((row) => cellsOf(row, context)),
  });
}

function cellsOf(row: DeliveryRow, context: BoardContext): Piece[] {
  const { language, formats, names } = context;
  const { organisation, source, name, rhythm, lastDelivery, due } = row;
  const { count } = shown(context);
  const none = { nl: 'niet afgesproken', en: 'not agreed' }[language];
  const isFew = row.shareAssessed === null && row.months.some(({ registered }) => registered === null);
  return [
    names.organisation(organisation),
    name ?? html`<code>${source}</code>`,
    rhythm === null ? none : (RHYTHMS[rhythm]?.[language] ?? rhythm),
    lastDelivery === null
      ? '–'
      : html`<time datetime="${lastDelivery}">${formats.moment(lastDelivery)}</time>`,
    formats.date(due),
    timeliness(row, language),
    shown(context, isFew).share(row.shareAssessed),
    count(row.quarantined),
    count(row.refused),
  ];
}

function timeliness({ onTime }: DeliveryRow, language: Language): Html {
  if (onTime === null) return html`–`;
  const [kind, mark, words] = onTime
    ? (['good', '✓', { nl: 'op tijd', en: 'in time' }] as const)
    : (['bad', '!', { nl: 'te laat', en: 'late' }] as const);
  return standing(kind, mark, words[language]);
}
