/** The few figures that a year comes down to, each with what it rests on. */
import type { OutlookFigures, PublicSavings, SavingsFigures } from '@effectstroom/contracts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext, Language } from '../page.ts';
import { isHidden, type Shown, shown } from '../shown.ts';
import { explainLink } from './explain-link.ts';
import { outlookStatus } from './outlook-status.ts';

interface Figures {
  savings: PublicSavings;
  outlook: OutlookFigures;
}

/** A figure with its name above it and what it means below. */
interface Card {
  id: string;
  title: string;
  figure: Piece;
  /** What it means, in a sentence. */
  says: Piece;
  /** What it rests on. */
  basis?: Piece;
}

export function overviewCards({ savings, outlook }: Figures, context: BoardContext): Html {
  const hidden = isHidden(savings.total);
  const total = savings.total as SavingsFigures;
  const write = shown(context, hidden);
  const cards = [
    ofSavings(total, savings, write, context),
    ofReturn(total, hidden, write, context),
    ofMunicipality(total, hidden, write, context),
    ofOutlook(outlook, total.net?.society ?? null, context),
    ofCases(total, hidden, write, context),
  ];
  return html`<div class="cards">${cards.map(cardOf)}</div>`;
}

function cardOf({ id, title, figure, says, basis }: Card): Html {
  return html`<section class="card" id="card-${id}">
    <h2>${title}</h2>
    <p class="card-figure">${figure}</p>
    <p>${says}</p>
    ${basis !== undefined && html`<p class="basis">${basis}</p>`}
  </section>`;
}

function ofSavings(
  total: SavingsFigures,
  { basis }: PublicSavings,
  write: Shown,
  context: BoardContext,
): Card {
  const { language } = context;
  const { low, high } = total.range ?? { low: null, high: null };
  const exactly = explainLink(context, write.cents(total.corrected?.total));
  const years = basis.followingYears;
  return {
    id: 'savings',
    title: { nl: 'Besparing', en: 'Savings' }[language],
    figure: write.euros(total.corrected?.total),
    says:
      language === 'nl'
        ? html`Tussen ${write.euros(low)} en ${write.euros(high)}, als alle inschattingen een stap
            lager of hoger waren.`
        : html`Between ${write.euros(low)} and ${write.euros(high)}, were all judgements a step lower or
            higher.`,
    basis:
      language === 'nl'
        ? html`Precies ${exactly}: na correctie, het jaar zelf plus ${years} volgende jaren, voor de hele
            samenleving.`
        : html`Exactly ${exactly}: corrected, the year itself and ${years} following years, for society as a
            whole.`,
  };
}

function ofReturn(total: SavingsFigures, hidden: boolean, write: Shown, { language }: BoardContext): Card {
  const none = !hidden && total.return === null;
  const isBudget = total.returnBasis !== 'cost';
  const per = isBudget
    ? { nl: 'Besparing voor elke euro budget', en: 'Saved for every euro of budget' }
    : { nl: 'Besparing voor elke euro kosten', en: 'Saved for every euro of cost' };
  const divisor = isBudget ? total.budget : total.cost;
  return {
    id: 'return',
    title: { nl: 'Rendement voor de samenleving', en: 'Return for society' }[language],
    figure: none ? '–' : html`€ ${write.ratio(total.return)}`,
    says: none ? noDivisor(language) : `${per[language]}.`,
    basis: hidden || none ? undefined : dividedBy(write, divisor, isBudget, language),
  };
}

function ofMunicipality(total: SavingsFigures, hidden: boolean, write: Shown, context: BoardContext): Card {
  const { language } = context;
  const returned = total.municipal?.return ?? null;
  const none = !hidden && returned === null;
  const saves = explainLink(context, write.cents(total.municipal?.corrected), { figure: 'municipal' });
  const comesBack =
    language === 'nl'
      ? Number(returned) >= 1
        ? 'De gemeente verdient haar euro zelf terug.'
        : 'Van elke euro komt dit deel terug bij de gemeente zelf; de rest bij anderen.'
      : Number(returned) >= 1
        ? 'The municipality earns its euro back itself.'
        : 'Of every euro this part comes back to the municipality itself; the rest to others.';
  return {
    id: 'municipality',
    title: { nl: 'Rendement voor de gemeente', en: 'Return for the municipality' }[language],
    figure: none ? '–' : html`€ ${write.ratio(returned)}`,
    says: none ? noDivisor(language) : hidden ? '' : comesBack,
    basis: language === 'nl' ? html`De gemeente bespaart ${saves}.` : html`The municipality saves ${saves}.`,
  };
}

function ofOutlook(outlook: OutlookFigures, net: string | null, context: BoardContext): Card {
  const { language, filters, formats } = context;
  const { euros } = shown(context, isHidden(outlook));
  const { expected, budget, unexpected } = outlook;
  const running = expected !== null && expected.low !== null;
  const why = {
    'few-months': {
      nl: 'Er zijn nog geen drie hele maanden om op te rekenen.',
      en: 'Fewer than three whole months are known.',
    },
    'few-cases': {
      nl: 'Niet te zeggen zonder kleine aantallen te tonen.',
      en: 'Cannot be said without showing small numbers.',
    },
    ahead: { nl: 'Het jaar moet nog beginnen.', en: 'The year has yet to begin.' },
  };
  const interval =
    running &&
    (language === 'nl'
      ? html`Waarschijnlijk tussen ${euros(expected.low)} en ${euros(expected.high)}.`
      : html`Probably between ${euros(expected.low)} and ${euros(expected.high)}.`);
  const title =
    expected !== null && !running
      ? { nl: 'Budget', en: 'Budget' }
      : { nl: 'Verwacht aan het eind van het jaar', en: 'Expected at the end of the year' };
  const budgetText = html`${{ nl: 'Budget', en: 'Budget' }[language]} ${formats.euros(budget)}`;
  const less = { nl: 'Besparing min budget', en: 'Savings less budget' }[language];
  const netText = html`${less}: ${formats.euros(net)}`;
  return {
    id: 'outlook',
    title: title[language],
    figure: running ? euros(expected.mid) : expected === null ? '–' : euros(budget),
    says: html`${unexpected !== null && why[unexpected][language]} ${interval}
      ${outlookStatus(outlook, language)}`,
    basis: html`${running || expected === null ? budgetText : netText}.
      <a href="${filters.href('/themas')}">${{ nl: 'Bekijk per thema', en: 'See each theme' }[language]}</a>`,
  };
}

function ofCases(
  total: SavingsFigures,
  hidden: boolean,
  write: Shown,
  { language, formats }: BoardContext,
): Card {
  const { registered, assessed, represented } = total.cases ?? { registered: 0, assessed: 0, represented: 0 };
  const share = registered === 0 ? '–' : formats.share(assessed / registered);
  const [how, stand] = [hidden ? write.count(null) : share, write.count(represented)];
  return {
    id: 'cases',
    title: { nl: 'Casussen', en: 'Cases' }[language],
    figure: write.count(registered),
    says:
      language === 'nl'
        ? html`${write.count(assessed)} beoordeeld (${how}). Zij staan voor ${stand} casussen.`
        : html`${write.count(assessed)} assessed (${how}). They stand for ${stand} cases.`,
  };
}

function noDivisor(language: Language): string {
  return {
    nl: 'Er is geen budget en geen kostprijs bekend om door te delen.',
    en: 'No budget and no costs are known to divide by.',
  }[language];
}

function dividedBy(write: Shown, divisor: string | null, isBudget: boolean, language: Language): Html {
  if (isBudget)
    return language === 'nl'
      ? html`Budget van deze dagen: ${write.euros(divisor)}.`
      : html`Budget of these days: ${write.euros(divisor)}.`;
  return language === 'nl' ? html`Kosten: ${write.euros(divisor)}.` : html`Costs: ${write.euros(divisor)}.`;
}
