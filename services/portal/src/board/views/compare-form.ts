/** Chooses what is compared: a plain form, so that the choice is in the address. */
import { type Html, html } from '../html.ts';
import type { BoardContext, Words } from '../page.ts';
import type { CompareChoice } from './compare-question.ts';

const KINDS: Readonly<Record<CompareChoice['soort'], Words>> = {
  jaar: {
    nl: 'Dit jaar tegenover vorig jaar, tot dezelfde dag',
    en: 'This year against last, up to the same day',
  },
  perioden: { nl: 'Twee perioden', en: 'Two periods' },
  momenten: { nl: 'Wat we toen wisten tegenover nu', en: 'What was known then against now' },
};

type DayName = Exclude<keyof CompareChoice, 'soort'>;

const DAYS: Readonly<Record<DayName, Words>> = {
  vanaf: { nl: 'Periode vanaf', en: 'Period from' },
  tot: { nl: 'Periode tot en met', en: 'Period up to and including' },
  toenVanaf: { nl: 'Eerdere periode vanaf', en: 'Earlier period from' },
  toenTot: { nl: 'Eerdere periode tot en met', en: 'Earlier period up to and including' },
  toenBekend: { nl: 'Wat bekend was op', en: 'What was known on' },
  bekend: { nl: 'Tegenover wat bekend was op', en: 'Against what was known on' },
};

const ASKED: Readonly<Record<CompareChoice['soort'], readonly DayName[]>> = {
  jaar: [],
  perioden: ['vanaf', 'tot', 'toenVanaf', 'toenTot'],
  momenten: ['toenBekend', 'bekend'],
};

/** Kinds as links, and the days of the kind that is chosen. */
export function compareForm(choice: CompareChoice, { language, filters, seesDetail }: BoardContext): Html {
  const kinds = (Object.keys(KINDS) as CompareChoice['soort'][]).filter(
    (kind) => seesDetail || kind !== 'momenten',
  );
  const asked = ASKED[choice.soort];
  const send = { nl: 'Vergelijk', en: 'Compare' }[language];
  const label = { nl: 'Wat u vergelijkt', en: 'What you compare' }[language];
  const { pathname, searchParams } = new URL(filters.href('/vergelijken'), 'http://board');
  return html`<nav class="choices" aria-label="${label}"><ul>
      ${kinds.map(
        (kind) => html`<li><a href="${filters.href('/vergelijken', { soort: kind })}"
          ${kind === choice.soort && html`aria-current="true"`}>${KINDS[kind][language]}</a></li>`,
      )}
    </ul></nav>
    ${
      asked.length > 0 &&
      html`<form id="compare-form" class="days" method="get" action="${pathname}">
        ${[...searchParams].map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
        )}
        <input type="hidden" name="soort" value="${choice.soort}">
        ${asked.map(
          (name) => html`<div class="field">
            <label for="compare-${name}">${DAYS[name][language]}</label>
            <input type="date" class="utrecht-textbox" id="compare-${name}" name="${name}"
              value="${choice[name]}" required>
          </div>`,
        )}
        <button class="utrecht-button utrecht-button--primary-action">${send}</button>
      </form>`
    }`;
}
