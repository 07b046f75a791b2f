/** How something stands: a mark and words, so that colour is not alone. */
import { type Html, html } from '../html.ts';

export type StandingKind = 'good' | 'warning' | 'bad' | 'none';

export function standing(kind: StandingKind, mark: string, words: string): Html {
  return html`<span class="standing standing-${kind}">
    <span class="standing-mark" aria-hidden="true">${mark}</span>${words}</span>`;
}
