/** How it was worked out: the steps, and the settings that held in the period. */
import type { Report } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { PageContext } from './context.ts';
import { table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Methode',
    steps: {
      preventiecalculator: [
        'De hulpverlener beoordeelt per casus hoe groot de kans is dat een inwoner zonder de hulp ' +
          'binnen zes maanden een dienst had gebruikt: zeker, waarschijnlijk of misschien.',
        'Daarna: hoe groot de eigen bijdrage was aan het voorkomen daarvan, met dezelfde drie antwoorden.',
        'Elke vermeden dienst heeft een prijs uit de prijslijst. Prijs × aantal × kans × eigen ' +
          'bijdrage is de gewogen minimale besparing.',
        'Een beoordeelde casus kan voor meer soortgelijke casussen staan; de besparing wordt ' +
          'daarmee vermenigvuldigd.',
        'Wat elk jaar terugkeert, telt ook in de volgende jaren mee.',
        'Over het geheel gaat de correctiefactor: een veiligheidsmarge.',
      ],
      sroi: [
        'Per casus staat wat er zonder de hulp was gebeurd, met de prijs van de diensten die ' +
          'daardoor niet nodig waren.',
        'Daarvan gaat af wat ook zonder de hulp was gebeurd (deadweight), wat alleen is verplaatst, ' +
          'en het aandeel van anderen.',
        'Wat langer duurt, telt in volgende jaren mee, verminderd met de afname per jaar.',
        'Het rendement is de totale besparing gedeeld door de kosten van de hulp (SROI).',
      ],
    },
    settings: 'Instellingen die in deze periode golden',
    columns: ['Instelling', 'waarde', 'vanaf'],
    method: 'Methode',
    methods: { preventiecalculator: 'Preventiecalculator', sroi: 'SROI' },
    scale: 'Zeker / waarschijnlijk / misschien',
    factor: 'Correctiefactor',
    theme: 'thema',
    years: 'Volgende jaren',
    prices: 'Prijslijst',
    level: 'prijspeil',
    discount: 'Discontovoet per jaar',
    uncertainty: 'Marge op prijzen in de bandbreedte',
    rounding:
      'Bedragen zijn exact berekend en pas hier afgerond, elk apart: delen kunnen samen iets van ' +
      'hun totaal afwijken.',
    always: 'altijd',
  },
  en: {
    title: 'Method',
    steps: {
      preventiecalculator: [
        'For each case the worker judges how likely it is that a resident would have used a service ' +
          'within six months without the support: certain, probable or possible.',
        'Then: how much of preventing that was their own contribution, with the same three answers.',
        'Every avoided service has a price from the price list. Price × quantity × likelihood × ' +
          'contribution is the weighted minimum saving.',
        'An assessed case can stand for more cases like it; its saving is multiplied by their number.',
        'What recurs yearly counts in the following years too.',
        'The correction factor goes over the whole: a safety margin.',
      ],
      sroi: [
        'For each case it is told what would have happened without the support, with the price of ' +
          'the services avoided.',
        'Less what would have happened anyway (deadweight), what was only displaced, and the share ' +
          'of others.',
        'What lasts longer counts in following years, less the drop-off of each year.',
        'The ratio is the total effect divided by the cost of the support (SROI).',
      ],
    },
    settings: 'Settings that held in this period',
    columns: ['Setting', 'value', 'from'],
    method: 'Method',
    methods: { preventiecalculator: 'Preventiecalculator', sroi: 'SROI' },
    scale: 'Certain / probable / possible',
    factor: 'Correction factor',
    theme: 'theme',
    years: 'Following years',
    prices: 'Price list',
    level: 'price level',
    discount: 'Discount rate a year',
    uncertainty: 'Margin on prices in the range',
    rounding:
      'Amounts are worked out exactly and rounded only here, each by itself: parts may differ a ' +
      'little from their total.',
    always: 'always',
  },
};

/** Percent by which prices vary in the range, where a programme sets none: see UNCERTAINTY.md. */
const PRICE_UNCERTAINTY = 10;

export function method(context: PageContext): Html {
  const { report, language } = context;
  const words = WORDS[language];
  const { caption, rows } = methodTable(context);
  return html`<section aria-labelledby="methode">
<h2 id="methode">${words.title}</h2>
<ol>${words.steps[report.method.method].map((step) => html`<li>${step}</li>`)}</ol>
${table({ caption, columns: words.columns, rows: rows.map((cells) => ({ cells })), texts: [1, 2] })}
<p class="note">${words.rounding}</p>
</section>`;
}

/** The settings that held in the period: name, value, from when. */
export function methodTable({ report, language, formats }: PageContext): {
  caption: string;
  rows: string[][];
} {
  const words = WORDS[language];
  const since = (from: string) => (from === '0001-01-01' ? words.always : formats.date(from));
  const { method: settings } = report;
  const rows: string[][] = [
    [words.method, words.methods[settings.method], ''],
    ...dated(settings.scale).map(({ from, certain, probable, possible }) => [
      ...[words.scale, `${certain} / ${probable} / ${possible}%`, since(from)],
    ]),
    ...(settings.correctionFactors ?? []).map(({ from, factor, theme }) => [
      theme === undefined ? words.factor : `${words.factor}, ${words.theme} ${theme}`,
      ...[formats.ratio(factor), since(from)],
    ]),
    ...dated(settings.followingYears).map(({ from, years }) => [words.years, String(years), since(from)]),
    ...dated(settings.discountRate).map(({ from, percent }) => [words.discount, `${percent}%`, since(from)]),
    [words.uncertainty, `${settings.priceUncertainty ?? PRICE_UNCERTAINTY}%`, ''],
    ...pricesOf(settings.priceList).map(({ value, from }) => [words.prices, value, since(from)]),
  ];
  return { caption: words.settings, rows };

  function pricesOf(list: Report['method']['priceList']) {
    return (list?.editions ?? []).map(({ from, priceLevel, source }) => {
      const level = priceLevel === null ? [] : [`${words.level} ${priceLevel}`];
      return { from, value: [list?.name ?? '', ...level, ...(source === null ? [] : [source])].join('; ') };
    });
  }
}

/** Settings are kept as dated lists; the contract also takes one value for all days. */
function dated<Value>(list: Value | undefined): Extract<Value, readonly unknown[]>[number][] {
  return (Array.isArray(list) ? list : []) as Extract<Value, readonly unknown[]>[number][];
}
