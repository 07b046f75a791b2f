/** For whose purse the savings are. */
import type { PublicSavings, SavingsFigures } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { costBearerBars } from './cost-bearer-bars.ts';
import { programmesInScope } from './programmes-in-scope.ts';
import { wholeYear } from './whole-year.ts';

export const costBearersPage: BoardPage = {
  path: '/kostenhouders',
  title: { nl: 'Kostenhouders', en: 'Cost bearers' },
  place: 30,
  isLive: true,
  render,
};

async function render(context: BoardContext): Promise<Html> {
  const { api, filters, language } = context;
  const [savings, { programmes }] = await Promise.all([
    api.get<PublicSavings>('/v1/savings', { ...wholeYear(filters), groupBy: 'costBearer' }),
    programmesInScope(context),
  ]);
  const basis = {
    nl:
      'Een kostenhouder is wie de zorg had betaald die nu niet nodig was. Een besparing bij een ' +
      'ander komt niet vanzelf ' +
      'bij de gemeente terecht. Bedragen zijn na correctie, met volgende jaren, behalve waar het ' +
      'anders staat.',
    en:
      'A cost bearer is who would have paid for the care that was not needed now. What another ' +
      'saves does not come to ' +
      'the municipality by itself. Amounts are corrected, following years included, unless it says ' +
      'otherwise.',
  };
  return html`${purses(savings.total, context)}
    ${costBearerBars({ savings, programmes, isBrief: false }, context)}
    <p class="basis">${basis[language]}</p>`;
}

function purses(total: PublicSavings['total'], context: BoardContext): Html {
  const { language } = context;
  const { cents, share } = shown(context, isHidden(total));
  const { corrected, municipal } = total as Partial<SavingsFigures>;
  const whole = Number(corrected?.total ?? 0);
  const part = share(whole === 0 ? null : Number(municipal?.corrected ?? 0) / whole);
  return language === 'nl'
    ? html`<p class="lead">De gemeente bespaart ${cents(municipal?.corrected)}.
        Dat is ${part} van de hele besparing van ${cents(corrected?.total)};
        de rest is voor anderen, zoals zorgverzekeraars en het Rijk.</p>`
    : html`<p class="lead">The municipality saves ${cents(municipal?.corrected)}.
        That is ${part} of all savings of ${cents(corrected?.total)};
        the rest is for others, such as health insurers and the state.</p>`;
}
