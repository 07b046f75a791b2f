/** Small parts that the pages of assessing share. */
import { REVIEW_REMARKS, type ReviewRemark } from '@effectstroom/contracts';
import { type Html, html, type Piece } from '../../board/html.ts';
import type { Language } from '../../board/page.ts';
import { REMARK_WORDS } from './remark-words.ts';

/** A button of a form, by the name and value that it sends. */
export interface ButtonParts {
  text: Piece;
  name: string;
  value: string;
  kind: 'primary-action' | 'secondary-action' | 'subtle';
  /** Further attributes. */
  attributes?: Html;
}

export function button({ text, name, value, kind, attributes }: ButtonParts): Html {
  return html`<button class="utrecht-button utrecht-button--${kind}" name="${name}" value="${value}"
    ${attributes}>${text}</button>`;
}

/** A link that leads on, as a button. */
export function linkButton(href: string, text: string, kind: ButtonParts['kind']): Html {
  return html`<a class="utrecht-button utrecht-button--${kind}" href="${href}">${text}</a>`;
}

/** One choice of a select. */
export function option(value: string, label: string, chosen: string | undefined): Html {
  return html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`;
}

/** A field of text with what it is called. */
export interface TextParts {
  id: string;
  label: string;
  value: string;
  length: number;
  /** Id of a list to choose from. */
  list?: string;
  help?: string;
  attributes?: Piece;
  after?: Piece;
}

export function textField({ id, label, value, length, list, help, attributes, after }: TextParts): Html {
  return html`<label for="${id}">${label}</label>
    ${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}
    <input class="utrecht-textbox" id="${id}" name="${id}" value="${value}"
      maxlength="${length}" autocomplete="off" ${list !== undefined && html`list="${list}"`} ${attributes}>
    ${after}`;
}

/** What a team leader remarked. */
export function remarkList(remarks: readonly ReviewRemark[], language: Language): Html | undefined {
  if (remarks.length === 0) return undefined;
  return html`<ul>${remarks.map((remark) => html`<li>${remarkText(remark, language)}</li>`)}</ul>`;
}

/** A remark in words. */
export function remarkText(remark: ReviewRemark, language: Language): string {
  return language === 'nl' ? REVIEW_REMARKS[remark] : REMARK_WORDS[remark];
}

/** Says that a case was saved. */
export function savedText(caseId: string, language: Language): string {
  return language === 'nl' ? `Casus ${caseId} is opgeslagen.` : `Case ${caseId} was saved.`;
}
