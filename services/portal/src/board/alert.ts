/** Messages that stand out, alike on every page. */
import { type Html, html, type Piece } from './html.ts';

type AlertKind = 'ok' | 'info' | 'warning' | 'error';

/**
 * A message. What went wrong has the cursor, and is read out at once; what went well is told in passing.
 * @param id where something else refers to it
 */
export function alert(kind: AlertKind, body: Piece, id?: string): Html {
  const named = id !== undefined && html`id="${id}"`;
  const told = {
    ...{ ok: html`role="status"`, info: '', warning: '' },
    error: html`role="alert" tabindex="-1" autofocus`,
  }[kind];
  return html`<div class="utrecht-alert utrecht-alert--${kind}" ${named} ${told}>${body}</div>`;
}
