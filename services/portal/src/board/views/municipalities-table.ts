/**
 * Municipalities beside one another: budget, savings and what is expected, where there are too many
 * programmes.
 */
import type { Outlook } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { outlookStatus } from './outlook-status.ts';

/** @param outlook grouped by municipality */
export function municipalitiesTable({ rows }: Outlook, context: BoardContext): Html {
  const { language, names, filters } = context;
  const labels = {
    nl: ['Gemeente', 'Besparing', 'Budget', 'Verwacht', 'Hoe staat het ervoor'],
    en: ['Municipality', 'Savings', 'Budget', 'Expected', 'How it stands'],
  }[language];
  return table({
    id: 'municipalities',
    caption: { nl: 'Gemeenten', en: 'Municipalities' }[language],
    columns: labels.map((label, at) => ({ label, isNumber: at > 0 && at < 4 })),
    rows: rows.map((row) => {
      const { cents } = shown(context, isHidden(row));
      const { cents: plain } = shown(context);
      const code = row.municipality ?? '';
      return [
        html`<a href="${filters.href('/themas', { gemeente: code })}">${names.municipality(code)}</a>`,
        ...[cents(row.toDate), plain(row.budget)],
        shown(context, row.unexpected === 'few-cases').cents(row.expected?.mid),
        outlookStatus(row, language),
      ];
    }),
  });
}
