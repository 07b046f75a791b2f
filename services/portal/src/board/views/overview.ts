/**
 * The year at a glance: what it brings in, for whose purse, on course or not, and whether the number can be
 * trusted.
 */
import type { Outlook, PublicSavings } from '@effectstroom/contracts';
import { alert } from '../alert.ts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { isHidden } from '../shown.ts';
import { completenessNotice } from './completeness-notice.ts';
import { costBearerBars } from './cost-bearer-bars.ts';
import { monthsFigure } from './months-figure.ts';
import { overviewCards } from './overview-cards.ts';
import { programmesInScope } from './programmes-in-scope.ts';
import { wholeYear } from './whole-year.ts';
import { yearBefore } from './year-before.ts';
import { yearBeforeSection } from './year-before-section.ts';

export const overviewPage: BoardPage = {
  path: '/',
  title: { nl: 'Overzicht', en: 'Overview' },
  place: 10,
  isLive: true,
  render,
};

async function render(context: BoardContext): Promise<Html> {
  const { api, filters, language } = context;
  const { year, query } = filters;
  const { municipality, organisation, programme } = filters;
  const whole = wholeYear(filters);
  const lastYear = { ...whole, from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  const [savings, bearers, months, monthsBefore, outlook, compared, scope] = await Promise.all([
    api.get<PublicSavings>('/v1/savings', query),
    api.get<PublicSavings>('/v1/savings', { ...whole, groupBy: 'costBearer' }),
    api.get<PublicSavings>('/v1/savings', { ...whole, groupBy: 'month' }),
    api.get<PublicSavings>('/v1/savings', { ...lastYear, groupBy: 'month' }),
    api.get<Outlook>('/v1/outlook', { municipality, organisation, programme, year: String(year) }),
    yearBefore(context),
    programmesInScope(context),
  ]);
  const words = {
    bearers: { nl: 'Wie bespaart er', en: 'Who saves' },
    months: { nl: 'Van maand tot maand', en: 'Month by month' },
  };
  if (savings.total.cases?.registered === 0 && !isHidden(savings.total)) return nothingYet(context);
  return html`${overviewCards({ savings, outlook: outlook.total }, context)}
    ${completenessNotice(savings.basis, context)}
    ${yearBeforeSection(compared, context)}
    <section aria-labelledby="bearers-title">
      <h2 id="bearers-title">${words.bearers[language]}</h2>
      ${costBearerBars({ savings: bearers, programmes: scope.programmes, isBrief: true }, context)}
    </section>
    <section aria-labelledby="months-title">
      <h2 id="months-title">${words.months[language]}</h2>
      ${monthsFigure({ now: months, before: monthsBefore }, context)}
    </section>`;
}

function nothingYet({ language, filters }: BoardContext): Html {
  const words = {
    nl: `Over ${filters.year} zijn er nog geen casussen. Kies een ander jaar, of kijk bij `,
    en: `There are no cases of ${filters.year} yet. Choose another year, or look at `,
  };
  const link = { nl: 'Aanlevering', en: 'Deliveries' };
  const address = filters.href('/aanlevering');
  return alert('info', html`<p>${words[language]}<a href="${address}">${link[language]}</a>.</p>`);
}
