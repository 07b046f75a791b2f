/** The effect: one-off and yearly, before and after correction, and the return for both purses. */
import { type Html, html } from '../../board/html.ts';
import { HIDDEN, type PageContext } from './context.ts';
import { type TableRow, table } from './table.ts';

const WORDS = {
  nl: {
    title: 'Wat het opleverde',
    caption: 'Besparing in euro’s',
    columns: ['Besparing', 'bruto', 'na correctie'],
    oneOff: 'Eenmalige besparing',
    yearly: 'Jaarlijks terugkerende besparing',
    following: (year: number) => `${year}e volgend jaar`,
    total: 'Totale besparing',
    returns: 'Rendement voor beide beurzen',
    returnColumns: ['Voor', 'besparing na correctie', 'betaald', 'saldo', 'per euro', 'rendement'],
    society: 'Samenleving als geheel',
    municipality: 'Gemeente',
    hidden: `${HIDDEN} Te weinig casussen om te tonen.`,
    none: 'Er is geen budget of kostprijs bekend over deze periode: daarom staat er geen rendement.',
    ofCost: 'Het rendement is berekend op de kosten van de hulp, omdat er geen budget is.',
    counted: (own: string, estimated: string) =>
      `Van het totaal na correctie is ${own} geteld in casussen die zelf zijn beoordeeld; ${estimated} is geschat, ` +
      'omdat beoordeelde casussen voor soortgelijke casussen staan.',
  },
  en: {
    title: 'What it brought in',
    caption: 'Total effect in euros',
    columns: ['Savings', 'before correction', 'after correction'],
    oneOff: 'One-off savings',
    yearly: 'Savings that recur yearly',
    following: (year: number) => `Following year ${year}`,
    total: 'Total effect',
    returns: 'Return for both purses',
    returnColumns: ['For', 'effect after correction', 'paid', 'net', 'per euro', 'return'],
    society: 'Society as a whole',
    municipality: 'Municipality',
    hidden: `${HIDDEN} Too few cases to show.`,
    none: 'No budget or cost is known of this period: therefore there is no return.',
    ofCost: 'The return is of the cost of the support, because there is no budget.',
    counted: (own: string, estimated: string) =>
      `Of the total after correction ${own} was counted in cases that were assessed themselves; ${estimated} is ` +
      'estimated, because assessed cases stand for similar ones.',
  },
};

export function effect(context: PageContext): Html {
  const { report, language, formats } = context;
  const { total } = report;
  const words = WORDS[language];
  if ('suppressed' in total)
    return html`<section aria-labelledby="effect"><h2 id="effect">${words.title}</h2><p>${words.hidden}</p></section>`;
  const { gross, corrected, counted, estimated } = total;
  const row = (name: string, one: string, other: string): TableRow => ({
    cells: [name, formats.euros(one), formats.euros(other)],
  });
  const rows: TableRow[] = [
    row(words.oneOff, gross.oneOff, corrected.oneOff),
    row(words.yearly, gross.yearlyFirstYear, corrected.yearlyFirstYear),
    ...gross.followingYears.map((amount, place) =>
      row(words.following(place + 1), amount, corrected.followingYears[place] ?? '0.00'),
    ),
    { ...row(words.total, gross.total, corrected.total), kind: 'sum' },
  ];
  return html`<section aria-labelledby="effect">
<h2 id="effect">${words.title}</h2>
${table({ caption: words.caption, columns: words.columns, rows })}
${returns(context)}
${total.returnBasis === 'cost' ? html`<p>${words.ofCost}</p>` : null}
${
  Number(estimated.corrected) === 0
    ? null
    : html`<p>${words.counted(formats.euros(counted.corrected), formats.euros(estimated.corrected))}</p>`
}
</section>`;
}

function returns({ report: { total }, language, formats }: PageContext): Html | null {
  const words = WORDS[language];
  if ('suppressed' in total) return null;
  if (total.return === null) return html`<p>${words.none}</p>`;
  const paid = formats.euros(total.returnBasis === 'cost' ? total.cost : total.budget);
  const row = (name: string, amount: string, net: string | null, quotient: string | null): TableRow => ({
    cells: [
      ...[name, formats.euros(amount), paid, formats.euros(net)],
      ...[formats.cents(quotient), formats.percent(quotient)],
    ],
  });
  const { corrected, municipal, net } = total;
  return table({
    caption: words.returns,
    columns: words.returnColumns,
    rows: [
      row(words.society, corrected.total, net.society, total.return),
      row(words.municipality, municipal.corrected, net.municipality, municipal.return),
    ],
  });
}
