/** A difference in plain sentences, the largest part first. */
import type { Compared, ComparedPart } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { shown } from '../shown.ts';
import { partMeaning } from './part-words.ts';

/** What is compared, in words: as "in 2025 tot en met 22 november". */
export interface Sides {
  before: string;
  after: string;
}

/** Parts that moved a whole euro or more, the largest first. */
export function movedParts({ parts }: Pick<Compared, 'parts'>): ComparedPart[] {
  return parts
    .filter(({ corrected }) => Math.abs(Number(corrected)) >= 0.5)
    .sort((one, other) => Math.abs(Number(other.corrected)) - Math.abs(Number(one.corrected)));
}

/** Where there was nothing, nothing has changed: whatever there is now is not a difference. */
export function nothingBefore({ before }: Sides, { language }: BoardContext): Html {
  const words = {
    nl: `Er zijn ${before} geen casussen: er is niets om mee te vergelijken.`,
    en: `There are no cases ${before}: nothing to compare with.`,
  };
  return html`<p>${words[language]}</p>`;
}

/** What changed and why; without the why where its parts may not be shown. */
export function changeSentences(compared: Compared, sides: Sides, context: BoardContext): Html {
  const { language } = context;
  const { before, after, difference } = compared;
  const { euros } = shown(context);
  const moved = movedParts(compared);
  const why = { nl: 'Dat komt hierdoor:', en: 'This is why:' };
  const change = Number(difference.corrected);
  const [now, then] = [euros(after.corrected), euros(before.corrected)];
  const by = euros(size(difference.corrected));
  const part = share(compared, context);
  const words =
    language === 'nl'
      ? html`De besparing ${sides.after} is ${now}; ${sides.before} was dat ${then}.
          Dat is <strong>${change === 0 ? 'evenveel' : html`${by} ${change < 0 ? 'minder' : 'meer'}`}</strong>${part}.`
      : html`The savings ${sides.after} are ${now}; ${sides.before} they were ${then}.
          That is <strong>${change === 0 ? 'the same' : html`${by} ${change < 0 ? 'less' : 'more'}`}</strong>${part}.`;
  const list = html`<ul class="change-parts">${moved.map((one) => sentence(one, context))}</ul>`;
  return html`<p class="change">${words} ${moved.length > 0 && why[language]}</p>
    ${moved.length > 0 && list}`;
}

function sentence({ part, corrected }: ComparedPart, context: BoardContext): Html {
  const isMore = Number(corrected) > 0;
  const amount = shown(context).euros(size(corrected));
  return html`<li>${partMeaning(part, isMore)[context.language]}:
    <strong class="${isMore ? 'gain' : 'loss'}">${isMore ? '+' : '−'} ${amount}</strong></li>`;
}

function share({ before, difference }: Compared, { formats }: BoardContext): string {
  const base = Number(before.corrected);
  return base <= 0 || Number(difference.corrected) === 0
    ? ''
    : ` (${formats.share(Math.abs(Number(difference.corrected)) / base)})`;
}

/** An amount without its sign: still the API's digits. */
function size(amount: string): string {
  return amount.replace(/^-/, '');
}
