/** The summary: what a council member reads. */
import { type Html, html } from '../../board/html.ts';
import { asName } from '../../board/names.ts';
import { daysOf } from '../question.ts';
import { figure, type PageContext, periodInWords } from './context.ts';
import { SUMMARY_WORDS as WORDS } from './summary-words.ts';
import { paragraphs } from './table.ts';

/** Key figures, then the same in sentences, then the organisation's own words. */
export function summary(context: PageContext): Html {
  const { introduction } = context.report;
  const words = WORDS[context.language];
  return html`<section aria-labelledby="samenvatting">
<h2 id="samenvatting">${words.title}</h2>
${keyFigures(context)}
${sentences(context).map((sentence) => html`<p>${sentence}</p>`)}
${introduction === null ? null : html`<div class="own"><h3>${words.own}</h3>${paragraphs(introduction)}</div>`}
</section>`;
}

function keyFigures({ report: { total, period }, language, formats }: PageContext): Html {
  const words = WORDS[language];
  const figures = [
    { value: figure(total, ({ corrected }) => corrected.total, formats.euros), name: words.effect },
    { value: figure(total, (shown) => shown.return, formats.percent), name: words.society },
    { value: figure(total, ({ municipal }) => municipal.return, formats.percent), name: words.municipality },
    {
      value: figure(total, ({ cases }) => cases.represented, formats.count),
      name: period.length === 4 ? words.cases : words.casesOfPeriod,
    },
  ];
  return html`<dl class="keys">
${figures.map(
  ({ value, name }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
)}</dl>`;
}

/** What happened, what it saved, what it cost, how sure it is: a paragraph each. */
function sentences({ report, language, formats }: PageContext): string[] {
  const { total, basis } = report;
  const words = WORDS[language];
  if ('suppressed' in total) return [words.hidden];
  const { cases, corrected, range, municipal } = total;
  if (cases.registered === 0) return [words.none];
  const helped = words.helped({
    period: periodInWords(report.period, language, formats),
    organisation: asName(report.organisation),
    municipality: report.municipality.name,
    registered: formats.count(cases.registered),
    assessed: formats.count(cases.assessed),
  });
  const isRunning = basis.to < daysOf(report.period).to;
  const isSample = cases.represented !== cases.assessed;
  const paid = words.paid[total.returnBasis === 'cost' ? 'cost' : 'budget'];
  const paragraphsOf = [
    [helped, isSample && words.stands(formats.count(cases.represented))],
    [words.without(formats.euros(corrected.total)), words.saving(basis.followingYears)],
    total.return !== null && [
      paid(formats.euros(total.budget ?? total.cost)),
      words.back(formats.cents(total.return), formats.cents(municipal.return)),
    ],
    [words.range(formats.euros(range.low), formats.euros(range.high))],
    [isRunning && words.running(formats.date(basis.to)), basis.complete ? words.complete : words.incomplete],
  ];
  return paragraphsOf
    .filter((parts) => parts !== false)
    .map((parts) => parts.filter((part) => part !== false).join(' '));
}
