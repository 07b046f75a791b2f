/** Themes and their goals against the budget, with what is expected of the year. */
import type { Outlook, PublicSavings } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage, Language } from '../page.ts';
import { municipalitiesTable } from './municipalities-table.ts';
import { PROGRAMMES_MAX, programmesInScope } from './programmes-in-scope.ts';
import { themesSection } from './themes-section.ts';
import { wholeYear } from './whole-year.ts';

export const themesPage: BoardPage = {
  path: '/themas',
  title: { nl: 'Thema’s', en: 'Themes' },
  place: 20,
  isLive: true,
  render,
};

/** What tells themes apart: a code means another theme in another programme. */
const PROGRAMME = ['municipality', 'organisation', 'programme'] as const;

async function render(context: BoardContext): Promise<Html> {
  const { api, filters, language } = context;
  const { municipality, organisation, programme, year } = filters;
  const scope = { municipality, organisation, programme, year: String(year) };
  const { programmes, isTooMany } = await programmesInScope(context);
  const by = PROGRAMME.join();
  if (isTooMany) {
    const outlook = await api.get<Outlook>('/v1/outlook', { ...scope, groupBy: 'municipality' });
    return html`<p>${tooMany(language)}</p>${municipalitiesTable(outlook, context)}`;
  }
  const [outlook, wholes, goals] = await Promise.all([
    api.get<Outlook>('/v1/outlook', { ...scope, groupBy: `${by},theme` }),
    api.get<Outlook>('/v1/outlook', { ...scope, groupBy: by }),
    api.get<PublicSavings>('/v1/savings', { ...wholeYear(filters), groupBy: `${by},theme,goal` }),
  ]);
  const sections = programmes.map((one, place) => {
    const isOf = (row: Partial<Record<(typeof PROGRAMME)[number], string | null>>) =>
      PROGRAMME.every((name) => row[name] === one[name]);
    const whole = wholes.rows.find(isOf);
    const themes = outlook.rows.filter(isOf);
    if (whole === undefined && themes.length === 0) return undefined;
    const shownGoals = goals.rows.filter(isOf);
    return themesSection(
      {
        ...{ programme: one, place, themes, whole, goals: shownGoals },
        isOnly: programmes.length === 1,
      },
      context,
    );
  });
  const there = sections.filter((section) => section !== undefined);
  return html`${there.length === 0 ? html`<p>${nothing(language, year)}</p>` : there}
    <p class="basis">${method(outlook.basis, context)}</p>`;
}

function tooMany(language: Language): string {
  return {
    nl:
      `Thema’s verschillen per programma. Kies een gemeente of organisatie (hoogstens ` +
      `${PROGRAMMES_MAX} programma’s) om ze te zien.`,
    en:
      `Themes differ from one programme to another. Choose a municipality or organisation ` +
      `(${PROGRAMMES_MAX} programmes at most) to see them.`,
  }[language];
}

function nothing(language: Language, year: number): string {
  return {
    nl: `Over ${year} zijn er geen casussen en geen budget.`,
    en: `There are no cases and no budget of ${year}.`,
  }[language];
}

/** How the expectation is made, in plain words. */
function method({ observed, monthsLeft }: Outlook['basis'], { language, formats }: BoardContext): string {
  if (observed === null)
    return {
      nl:
        'Besparing: na correctie, met volgende jaren, voor de hele samenleving. Van een jaar dat ' +
        'voorbij is valt niets meer te verwachten.',
      en:
        'Savings: corrected, following years included, for society. Of a year that is over nothing ' +
        'more is expected.',
    }[language];
  const [from, to] = [formats.month(observed.from), formats.month(observed.to)];
  const left = formats.ratio(monthsLeft);
  return {
    nl:
      `Besparing: na correctie, met volgende jaren, voor de hele samenleving. Zo rekenen we de ` +
      `verwachting: wat er nu is, plus ${left} ` +
      `maanden zoals ze gemiddeld waren van ${from} tot en met ${to}. In 95 van de 100 gevallen ` +
      `komt het jaar uit tussen laag en ` +
      'hoog, als de maanden op elkaar blijven lijken.',
    en:
      `Savings: corrected, following years included, for society. The expectation is what there is ` +
      `now, plus ${left} months as ` +
      `they were on average from ${from} to ${to}. In 95 of 100 cases the year ends between low ` +
      `and high, if months stay alike.`,
  }[language];
}
