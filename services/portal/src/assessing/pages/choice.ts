/** A question with a few answers of which one is chosen. */
import { type Html, html } from '../../board/html.ts';
import { type FieldErrors, faultText, noted } from './field-error.ts';

/** One answer. */
export interface ChoiceOption {
  value: string;
  name: string;
  help: string;
  note?: string;
}

export interface Choice {
  /** Name of the fields, and id of the group. */
  name: string;
  question: string;
  options: readonly ChoiceOption[];
  given: string;
  errors: FieldErrors;
}

/** The question as radio buttons; one arrow key goes to the next answer. */
export function choice({ name, question, options, given, errors }: Choice): Html {
  return html`<fieldset class="choice" id="${name}" ${noted(errors, name)}>
    <legend>${question}</legend>
    ${faultText(errors, name)}
    <div class="choice-options">
      ${options.map((one) => answer(name, one, given))}
    </div>
  </fieldset>`;
}

function answer(name: string, { value, name: label, help, note }: ChoiceOption, given: string): Html {
  const noteShown = note !== undefined && html` <span class="choice-note">${note}</span>`;
  return html`<label class="choice-option">
    <input class="utrecht-radio-button" type="radio" name="${name}" value="${value}"
      ${value === given && html`checked`}>
    <span><strong>${label}</strong>${noteShown}<br><span class="help">${help}</span></span>
  </label>`;
}
