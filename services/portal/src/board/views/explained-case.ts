/** One case: how each of its lines was worked out, and what happened to it. */
import type { ExplainedCase, ExplainedLine } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { shown } from '../shown.ts';
import { caseAddress } from './case-address.ts';

export function explainedCase(one: ExplainedCase, context: BoardContext): Html {
  const { language, formats, filters } = context;
  const title = { nl: `Casus ${one.caseId}`, en: `Case ${one.caseId}` }[language];
  const history = { nl: 'De hele geschiedenis van deze casus', en: 'The whole history of this case' }[
    language
  ];
  const factor = formats.decimals(one.factor?.value);
  const alike = formats.count(one.similarCases);
  const isOne = one.similarCases === 1;
  const facts = {
    nl:
      `Datum ${formats.date(one.date)}; staat voor ${alike} ${isOne ? 'casus' : 'casussen'}; ` +
      `correctiefactor ${factor}.`,
    en:
      `Date ${formats.date(one.date)}; stands for ${alike} ${isOne ? 'case' : 'cases'}; correction ` +
      `factor ${factor}.`,
  };
  const address = filters.href(caseAddress(one.organisation, one.caseId));
  return html`<section aria-labelledby="case-title">
    <h2 id="case-title">${title}</h2>
    <p>${facts[language]} <a href="${address}">${history}</a></p>
    <ol class="working">${one.lines.map((line) => workingOf(line, context))}</ol>
  </section>`;
}

function workingOf({ costBearer, recurrence, working, sum }: ExplainedLine, context: BoardContext): Html {
  const { language, formats } = context;
  const { cents } = shown(context);
  const stated = { nl: 'Bedrag dat de melder opgaf', en: 'Amount as stated' }[language];
  const gone = {
    nl:
      'Met de instellingen van nu is dit bedrag niet meer na te rekenen; het vastgelegde bedrag ' +
      'blijft staan.',
    en: 'The settings of now no longer give this amount; what was recorded stays.',
  };
  const when = {
    'one-off': { nl: 'eenmalig', en: 'one-off' },
    yearly: { nl: 'jaarlijks', en: 'yearly' },
  };
  const source = working?.edition;
  const price =
    source == null
      ? undefined
      : {
          nl:
            `Prijs uit de lijst van ` +
            `${formats.date(source.from)}${source.source === null ? '' : `, bron: ${source.source}`}.`,
          en:
            `Price of the list of ` +
            `${formats.date(source.from)}${source.source === null ? '' : `, source: ${source.source}`}.`,
        };
  return html`<li>
    <h3>${working?.service?.name ?? stated}: ${cents(sum)}</h3>
    <p lang="nl">${working === null ? gone[language] : working.formula}</p>
    <p class="basis">${when[recurrence][language]}, ${costBearer}. ${price?.[language]}</p>
  </li>`;
}
