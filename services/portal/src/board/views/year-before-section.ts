/** This year against last on the overview: sentences, and where to read on. */
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { changeSentences, nothingBefore } from './change-sentences.ts';
import type { YearBefore } from './year-before.ts';

export function yearBeforeSection(compared: YearBefore | undefined, context: BoardContext): Html {
  const { language, filters } = context;
  const title = { nl: 'Vergeleken met vorig jaar', en: 'Compared with last year' };
  const more = { nl: 'Vergelijk verder', en: 'Compare further' };
  return html`<section aria-labelledby="change-title">
    <h2 id="change-title">${title[language]}</h2>
    ${bodyOf(compared, context)}
    <p><a href="${filters.href('/vergelijken')}">${more[language]}</a></p>
  </section>`;
}

function bodyOf(found: YearBefore | undefined, context: BoardContext): Html {
  const { language } = context;
  if (found === undefined) {
    const words = {
      nl: 'Er is nog geen hele maand van dit jaar voorbij. Vanaf februari staat hier een vergelijking.',
      en: 'No whole month of this year has passed yet. From February on there is a comparison here.',
    };
    return html`<p>${words[language]}</p>`;
  }
  const { compared, sides } = found;
  if (compared === undefined) {
    const words = {
      nl: 'Niet te vergelijken zonder kleine aantallen te tonen.',
      en: 'Cannot be compared without showing small numbers.',
    };
    return html`<p>${words[language]}</p>`;
  }
  if (compared.before.cases.registered === 0) return nothingBefore(sides, context);
  return changeSentences(compared, sides, context);
}
