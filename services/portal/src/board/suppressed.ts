/** A figure that is not shown. */
import { type Html, html } from './html.ts';
import type { Language } from './page.ts';
import { word } from './words.ts';

/** A star, read aloud as what it means; the foot of the page explains it. */
export function suppressedFigure(language: Language): Html {
  return html`<span class="suppressed"><span aria-hidden="true">*</span><span class="visually-hidden">${word('hidden', language)}</span></span>`;
}
