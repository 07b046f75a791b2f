/** The fields of one line of an assessment. */
import type { CaseForm } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import type { Language } from '../../board/page.ts';
import { say } from './assessing-words.ts';
import { type Choice, choice } from './choice.ts';
import { type FieldErrors, faultText, noted } from './field-error.ts';
import { FIELDS, type LineState } from './form-state.ts';
import { CONTRIBUTION, type LevelQuestion, LIKELIHOOD } from './level-words.ts';
import { button, option, textField } from './parts.ts';

/** What a line is shown with. */
export interface LineParts {
  line: LineState;
  place: number;
  /** Whether it can be removed. */
  isOneOfMore: boolean;
  /** Whether the cursor starts in it. */
  isFirst: boolean;
  form: CaseForm;
  errors: FieldErrors;
  language: Language;
}

/** Id of the list of services. */
export const SERVICES_ID = 'diensten';

/** One line as a group of fields. */
export function lineFields(parts: LineParts): Html {
  const { place, isOneOfMore, language } = parts;
  const title = `${say('service', language)} ${place + 1}`;
  return html`<fieldset class="assess-line" id="regel-${place}">
    <legend>${title}</legend>
    ${whatAndHowMany(parts)}
    ${choice(levelChoice(parts, LIKELIHOOD))}
    ${choice(levelChoice(parts, CONTRIBUTION))}
    ${choice(recurrenceChoice(parts))}
    ${amountFields(parts)}
    <input type="hidden" name="${FIELDS.kept}-${place}" value="${parts.line.kept}">
    ${isOneOfMore && removeButton(place, title, language)}
  </fieldset>`;
}

function removeButton(place: number, title: string, language: Language): Html {
  const text = html`${say('remove', language)}<span class="visually-hidden"> ${title}</span>`;
  return button({ text, name: 'actie', value: `weg-${place}`, kind: 'subtle' });
}

function whatAndHowMany({ line, place, errors, isFirst, language }: LineParts): Html {
  const [service, quantity] = [`${FIELDS.service}-${place}`, `${FIELDS.quantity}-${place}`];
  return html`<div class="assess-what">
    <div class="field">${textField({
      ...{ id: service, label: say('whichService', language), value: line.service, length: 400 },
      ...{ list: SERVICES_ID, help: say('serviceHelp', language) },
      attributes: html`${isFirst && html`autofocus`} ${noted(errors, service, `${service}-help`)}`,
      after: [faultText(errors, service), nearServices(errors.get(service)?.near ?? [], language)],
    })}</div>
    <div class="field assess-quantity">${textField({
      ...{ id: quantity, label: say('quantity', language), value: line.quantity, length: 20 },
      ...{ attributes: numeric(errors, quantity), after: faultText(errors, quantity) },
    })}</div>
  </div>`;
}

function nearServices(near: readonly string[], language: Language): Html | undefined {
  if (near.length === 0) return undefined;
  return html`<p class="help">${say('near', language)}</p>
    <ul>${near.map((label) => html`<li>${label}</li>`)}</ul>`;
}

function numeric(errors: FieldErrors, field: string): Html {
  return html`inputmode="decimal" ${noted(errors, field)}`;
}

function levelChoice({ line, place, form, errors, language }: LineParts, asked: LevelQuestion): Choice {
  const { field, question, answers } = asked;
  const given = line[field];
  const { scale } = form;
  const counted = (percent: number): string => `${say('counts', language)} ${percent}%`;
  const options = answers.map(({ level, name, help }) => ({
    ...{ value: level, name: name[language], help: help[language] },
    ...(scale === null ? {} : { note: counted(scale[level]) }),
  }));
  // An assessment of elsewhere may give a percentage of its own.
  const own = /^\d{1,3}$/.test(given)
    ? [{ value: given, name: `${given}%`, help: counted(Number(given)) }]
    : [];
  const name = `${FIELDS[field]}-${place}`;
  return { name, question: question[language], options: [...options, ...own], given, errors };
}

function recurrenceChoice({ line, place, errors, language }: LineParts): Choice {
  return {
    ...{ name: `${FIELDS.recurrence}-${place}`, question: say('recurrence', language), errors },
    options: [
      { value: 'one-off', name: say('oneOff', language), help: say('oneOffHelp', language) },
      { value: 'yearly', name: say('yearly', language), help: say('yearlyHelp', language) },
    ],
    given: line.recurrence,
  };
}

function amountFields({ line, place, form, errors, language }: LineParts): Html {
  const [amount, bearer] = [`${FIELDS.amount}-${place}`, `${FIELDS.costBearer}-${place}`];
  const isOpen = line.amount !== '' || errors.has(amount) || errors.has(bearer);
  return html`<details ${isOpen && html`open`}>
    <summary>${say('notListed', language)}</summary>
    <p class="help">${say('amountHelp', language)}</p>
    <div class="assess-what">
      <div class="field">${textField({
        ...{ id: amount, label: say('amount', language), value: line.amount, length: 20 },
        ...{ attributes: numeric(errors, amount), after: faultText(errors, amount) },
      })}</div>
      <div class="field">
        <label for="${bearer}">${say('costBearer', language)}</label>
        <select class="utrecht-select" id="${bearer}" name="${bearer}" ${noted(errors, bearer)}>
          <option value="">${say('choose', language)}</option>
          ${form.costBearers.map(({ code, name }) => option(code, name, line.costBearer))}
        </select>
        ${faultText(errors, bearer)}
      </div>
    </div>
  </details>`;
}
