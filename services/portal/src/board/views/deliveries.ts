/** Who delivered, who did not, and what is waiting in quarantine. */
import type { DeliveriesAnswer, DeliveryRow, Quarantine } from '@effectstroom/contracts';
import { alert } from '../alert.ts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { deliveriesTable } from './deliveries-table.ts';
import { deliveryMonths } from './delivery-months.ts';
import { quarantineSection } from './quarantine-section.ts';

export const deliveriesPage: BoardPage = {
  path: '/aanlevering',
  title: { nl: 'Aanlevering', en: 'Deliveries' },
  place: 50,
  isLive: true,
  render,
};

async function render(context: BoardContext): Promise<Html> {
  const { api, filters, language, seesDetail, request } = context;
  const { municipality, organisation, year } = filters;
  const cursor = new URL(request.url, 'http://board').searchParams.get('verder') ?? undefined;
  const [answer, quarantine] = await Promise.all([
    api.get<DeliveriesAnswer>('/v1/deliveries', { municipality, organisation, year: String(year), cursor }),
    seesDetail ? api.get<Quarantine>('/v1/quarantine', { organisation, limit: '50' }) : undefined,
  ]);
  const { rows, next } = answer;
  const nobody = { nl: 'Er heeft nog niemand geleverd.', en: 'Nobody has delivered yet.' };
  if (rows.length === 0) return html`<p>${nobody[language]}</p>`;
  const more = { nl: 'Volgende bladzijde', en: 'Next page' }[language];
  return html`${lateNotice(rows, context)}
    ${deliveriesTable(rows, context)}
    ${deliveryMonths(rows, context)}
    ${next !== null && html`<p><a href="${filters.href('/aanlevering', { verder: next })}">${more}</a></p>`}
    ${quarantineSection(quarantine, rows, context)}`;
}

/** The first thing to know: who is late. */
function lateNotice(rows: readonly DeliveryRow[], { language, formats, names }: BoardContext): Html {
  const late = rows.filter(({ onTime }) => onTime === false);
  if (late.length === 0) {
    const words = {
      nl: 'Iedereen heeft op tijd geleverd, voor zover dat is afgesproken.',
      en: 'Everybody delivered in time, as far as that was agreed.',
    };
    return alert('ok', html`<p>${words[language]}</p>`, 'late');
  }
  const title = {
    nl: late.length === 1 ? 'Eén bron is te laat' : `${late.length} bronnen zijn te laat`,
    en: late.length === 1 ? 'One source is late' : `${late.length} sources are late`,
  };
  const item = ({ organisation, name, source, due, lastDelivery }: DeliveryRow) => {
    const from = `${names.organisation(organisation)}, ${name ?? source}`;
    const last = lastDelivery === null ? undefined : formats.date(lastDelivery);
    return language === 'nl'
      ? `${from}: had uiterlijk ${formats.date(due)} moeten leveren; ` +
          `${last === undefined ? 'leverde nog nooit' : `leverde voor het laatst op ${last}`}.`
      : `${from}: was due by ${formats.date(due)}; ` +
          `${last === undefined ? 'never delivered' : `last delivered on ${last}`}.`;
  };
  const todo = {
    nl: 'Vraag de organisatie om de gegevens alsnog te sturen. Tot dan zijn de cijfers te laag.',
    en: 'Ask the organisation to send the data. Until then the figures are too low.',
  };
  const items = late.map((row) => html`<li>${item(row)}</li>`);
  const body = html`<p><strong>${title[language]}</strong></p><ul>${items}</ul><p>${todo[language]}</p>`;
  return alert('warning', body, 'late');
}
