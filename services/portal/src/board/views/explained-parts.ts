/** What a figure consists of, each part leading one step down. */
import type { Explanation, PublicExplanation } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext, Words } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';

/** What people may take a figure apart by. */
const BY: Readonly<Record<string, Words>> = {
  theme: { nl: 'thema', en: 'theme' },
  goal: { nl: 'doel', en: 'goal' },
  costBearer: { nl: 'kostenhouder', en: 'cost bearer' },
  month: { nl: 'maand', en: 'month' },
  workType: { nl: 'werksoort', en: 'work type' },
  targetGroup: { nl: 'doelgroep', en: 'target group' },
  recurrence: { nl: 'eenmalig of jaarlijks', en: 'one-off or yearly' },
  organisation: { nl: 'organisatie', en: 'organisation' },
  case: { nl: 'casus', en: 'case' },
};

interface Explained {
  explanation: Explanation | PublicExplanation;
  path: string | undefined;
  by: string | undefined;
}

export function explainedParts({ explanation, path, by }: Explained, context: BoardContext): Html {
  const { language, filters, seesDetail } = context;
  const { parts, figure, next } = explanation;
  if (explanation.by === null) return html``;
  const cijfer = figure === 'corrected' ? undefined : figure;
  const caption = { nl: 'Dit cijfer bestaat uit', en: 'This figure consists of' }[language];
  const pageWords = { nl: 'Volgende bladzijde', en: 'Next page' }[language];
  const following = filters.href('/uitleg', { pad: path, per: by, cijfer, verder: next ?? undefined });
  const rows = parts.map((part) => {
    const amount = shown(context, isHidden(part)).cents(part.sum);
    const down = part.href === null ? undefined : new URL(part.href, 'http://api').searchParams;
    const address =
      down === undefined || (down.get('path')?.includes('case:') === true && !seesDetail)
        ? undefined
        : filters.href('/uitleg', { pad: down.get('path') ?? undefined, cijfer });
    const label = html`<span lang="nl">${part.label}</span>`;
    return [address === undefined ? label : html`<a href="${address}">${label}</a>`, amount];
  });
  return html`${choices(explanation, { path, cijfer }, context)}
    ${table({
      ...{ id: 'explained-parts', caption },
      columns: [
        { label: { nl: 'Deel', en: 'Part' }[language] },
        { label: { nl: 'Bedrag', en: 'Amount' }[language], isNumber: true },
      ],
      rows,
      foot: [
        { nl: 'Samen', en: 'Together' }[language],
        shown(context, isHidden(explanation)).cents(explanation.sum),
      ],
    })}
    ${next !== null && html`<p><a href="${following}">${pageWords}</a></p>`}`;
}

/** Ways to take it apart that are still open here. */
function choices(
  { steps, by, figure }: Explanation | PublicExplanation,
  { path, cijfer }: { path: string | undefined; cijfer: string | undefined },
  context: BoardContext,
): Html {
  const { language, filters, seesDetail } = context;
  const chosen = new Set<string>([...steps.map(({ level }) => level), ...Object.keys(filters.query)]);
  if (chosen.has('case')) return html``;
  const open = Object.entries(BY).filter(
    ([level]) =>
      !chosen.has(level) &&
      (level !== 'case' || seesDetail) &&
      (figure !== 'cost' || !['costBearer', 'recurrence'].includes(level)),
  );
  const label = { nl: 'Splits dit cijfer naar', en: 'Take this figure apart by' }[language];
  return html`<nav class="choices" aria-label="${label}"><p>${label}:</p><ul>
    ${open.map(
      ([level, words]) => html`<li><a href="${filters.href('/uitleg', { pad: path, per: level, cijfer })}"
        ${level === by && html`aria-current="true"`}>${words[language]}</a></li>`,
    )}
  </ul></nav>`;
}
