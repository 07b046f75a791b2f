/** A fault at its field: told to who sees it and to who hears it. */
import { type Html, html } from '../../board/html.ts';
import type { ShownFault } from './field-faults.ts';

/** The fault of each field, by its id. */
export type FieldErrors = ReadonlyMap<string, ShownFault>;

/** Attributes of a field that has a fault or help. */
export function noted(errors: FieldErrors, field: string, help?: string): Html {
  const isWrong = errors.has(field);
  const described = [...(isWrong ? [`${field}-fout`] : []), ...(help === undefined ? [] : [help])].join(' ');
  const wrong = isWrong && html`aria-invalid="true"`;
  return html`${described !== '' && html`aria-describedby="${described}"`} ${wrong}`;
}

/** What is wrong with a field. */
export function faultText(errors: FieldErrors, field: string): Html | undefined {
  const fault = errors.get(field);
  return fault === undefined ? undefined : html`<p class="field-fault" id="${field}-fout">${fault.text}</p>`;
}
