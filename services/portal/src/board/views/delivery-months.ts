/** Cases of each month by source, beside those of last year: a month that stays behind shows. */
import type { DeliveryRow } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { shown } from '../shown.ts';
import { table } from '../table.ts';

export function deliveryMonths(rows: readonly DeliveryRow[], context: BoardContext): Html {
  const { language, filters, formats } = context;
  const title = { nl: 'Casussen per maand', en: 'Cases by month' }[language];
  const note = {
    nl: `Per maand: casussen van ${filters.year}, en tussen haakjes die van ${filters.year - 1}.`,
    en: `Of each month: cases of ${filters.year}, and in brackets those of ${filters.year - 1}.`,
  }[language];
  const count = (value: number | null) => shown(context, value === null).count(value);
  return html`<details id="delivery-months"><summary>${title}</summary>
    <p class="basis">${note}</p>
    ${table({
      ...{ id: 'months-of-sources', caption: title },
      columns: [
        { label: { nl: 'Bron', en: 'Source' }[language] },
        ...formats.monthNames.map((label) => ({ label, isNumber: true })),
      ],
      rows: rows.map(({ name, source, months: of }) => [
        name ?? source,
        ...of.map(
          ({ registered, lastYear }) =>
            html`${count(registered)} <span class="basis">(${count(lastYear.registered)})</span>`,
        ),
      ]),
    })}
  </details>`;
}
