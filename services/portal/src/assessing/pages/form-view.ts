/** The page on which one case is assessed. */
import type { CaseForm } from '@effectstroom/contracts';
import { alert } from '../../board/alert.ts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import { WELLBEING } from '../../board/wellbeing.ts';
import { type AssessingWord, say } from './assessing-words.ts';
import { type FieldErrors, faultText, noted } from './field-error.ts';
import type { ShownFault } from './field-faults.ts';
import type { FormState } from './form-state.ts';
import { lineFields, SERVICES_ID } from './line-fields.ts';
import { labelled } from './listed-services.ts';
import { FORM_ID, newestPart } from './newest-part.ts';
import { button, option, remarkList, savedText, textField } from './parts.ts';
import { type SavingParts, savingPart } from './saving-part.ts';

/** What the page is made of. */
export interface FormView {
  form: CaseForm;
  state: FormState;
  /** The revision that was shown when somebody began to fill it in. */
  revision: string;
  /** Saving was refused because the case changed since. */
  isRefused: boolean;
  faults: readonly ShownFault[];
  saving: SavingParts;
  /** Why it was not saved, beside the faults of fields. */
  notice: AssessingWord | undefined;
  /** The case that was saved just before. */
  saved: string | undefined;
  /** How many cases wait on the list; undefined where that was not asked. */
  waiting: number | undefined;
  /** Where the cursor starts: the place of a line. */
  focus: number;
  /** Address of the list from which one came. */
  listHref: string;
  /** Address that takes over the former assessment. */
  takeOverHref: string;
  isTakenOver: boolean;
}

export function formView(view: FormView, context: BoardContext): Html {
  const { form, state, faults } = view;
  const { language, request, formats } = context;
  const isChanged = view.revision !== String(form.revision);
  const isNew = form.current === null && (form.former === null || view.isTakenOver);
  // Else there is something to read first.
  const isCalm = faults.length === 0 && view.notice === undefined && isNew && !isChanged;
  const errors = new Map(
    faults
      .toReversed()
      .flatMap((fault) => (fault.field === undefined ? [] : [[fault.field, fault] as const])),
  );
  return html`${messages(view, context)}
    ${facts(form, context)}
    ${isChanged && newestPart(form, view.isRefused, context)}
    <form method="post" action="${request.url}" class="assess" id="${FORM_ID}" data-assess>
      ${firstButton(language)}
      <input type="hidden" name="revisie" value="${view.revision}">
      <datalist id="${SERVICES_ID}">${labelled(form.services, formats).map(
        ({ label, costBearerName }) => html`<option value="${label}">${costBearerName}</option>`,
      )}</datalist>
      ${state.lines.map((line, place) =>
        lineFields({
          ...{ line, place, form, errors, language },
          ...{ isOneOfMore: state.lines.length > 1, isFirst: isCalm && place === view.focus },
        }),
      )}
      <p>${button({ text: say('another', language), ...ACTIE, value: 'erbij', kind: 'secondary-action' })}</p>
      ${wellbeingField(state, errors, context)}
      ${similarField(state, errors, context)}
      <p class="note">${say('privacy', language)}</p>
      <div class="assess-end">
        ${savingPart(view.saving, context)}
        <p class="assess-buttons">
          ${button({ text: say('save', language), ...ACTIE, value: 'opslaan', kind: 'primary-action' })}
          ${button({
            ...{ text: say('calculate', language), ...ACTIE, value: 'bereken', kind: 'secondary-action' },
            attributes: html`data-without-script`,
          })}
        </p>
      </div>
    </form>`;
}

const ACTIE = { name: 'actie' } as const;

/** Enter sends the form as its first button does: nobody sees this one. */
function firstButton(language: BoardContext['language']): Html {
  return html`<button class="visually-hidden" name="actie" value="opslaan" tabindex="-1"
    aria-hidden="true">${say('save', language)}</button>`;
}

function messages(view: FormView, { language }: BoardContext): Html {
  const { form, faults, notice, saved, waiting } = view;
  const left = waiting === undefined ? '' : leftText(waiting, language);
  return html`<p><a href="${view.listHref}">${say('backToList', language)}</a></p>
    ${saved !== undefined && alert('ok', html`<p>${savedText(saved, language)} ${left}</p>`)}
    ${notice !== undefined && alert('error', html`<p>${say(notice, language)}</p>`)}
    ${faults.length > 0 && alert('error', faultList(faults, view.state.lines.length > 1, language))}
    ${view.revision === String(form.revision) && before(view, language)}
    ${form.former !== null && alert('info', html`<p>${formerText(view, language)}</p>`)}`;
}

function faultList(
  faults: readonly ShownFault[],
  areManyLines: boolean,
  language: BoardContext['language'],
): Html {
  const items = faults.map(({ field, place, text: advice }) => {
    const line = areManyLines && place !== undefined ? `${say('service', language)} ${place + 1}: ` : '';
    const text = line + advice;
    const told = field === undefined ? text : html`<a href="#${field}">${text}</a>`;
    return html`<li>${told}</li>`;
  });
  return html`<p>${say('faults', language)}</p><ul>${items}</ul>`;
}

function formerText({ isTakenOver, takeOverHref }: FormView, language: BoardContext['language']): Html {
  if (isTakenOver) return html`${say('takenOver', language)}`;
  return html`${say('former', language)} <a href="${takeOverHref}">${say('takeOver', language)}</a>`;
}

function leftText(waiting: number, language: BoardContext['language']): string {
  return language === 'nl' ? `Nog ${waiting} te doen.` : `${waiting} still to do.`;
}

/** What was said of the case before. */
function before({ form }: FormView, language: BoardContext['language']): Html | undefined {
  const { current, review } = form;
  if (current === null) return undefined;
  if (review?.decision === 'returned')
    return alert('warning', html`<p>${say('sentBack', language)}</p>${remarkList(review.remarks, language)}`);
  return alert('info', html`<p>${say(review === null ? 'assessedBefore' : 'approvedBefore', language)}</p>`);
}

function facts(form: CaseForm, { language, formats }: BoardContext): Html {
  const named = (code: string | null, name: string | null): string =>
    code === null ? '–' : name === null ? code : `${code} ${name}`;
  const rows: [AssessingWord, string][] = [
    ['case', form.caseId],
    ['date', formats.date(form.date)],
    ['theme', named(form.theme, form.themeName)],
    ['goal', named(form.goal, form.goalName)],
    ['workType', form.workTypeName ?? form.workType ?? '–'],
    ['team', form.team ?? '–'],
  ];
  const known = rows.filter(([, value]) => value !== '–');
  return html`<dl class="facts">${known.map(
    ([name, value]) => html`<div><dt>${say(name, language)}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function wellbeingField(state: FormState, errors: FieldErrors, { language }: BoardContext): Html {
  const id = 'gezondheid';
  const options = Object.entries(WELLBEING).map(([code, words]) =>
    option(code, words[language], state.wellbeing),
  );
  return html`<div class="field"><label for="${id}">${say('wellbeing', language)}</label>
    <select class="utrecht-select" id="${id}" name="${id}" ${noted(errors, id)}>
      <option value="">${say('notSaid', language)}</option>
      ${options}
    </select>${faultText(errors, id)}</div>`;
}

function similarField(state: FormState, errors: FieldErrors, { language }: BoardContext): Html {
  const id = 'soortgelijk';
  const field = textField({
    ...{ id, label: say('similarCases', language), value: state.similarCases, length: 10 },
    help: say('similarHelp', language),
    attributes: html`inputmode="numeric" ${noted(errors, id, `${id}-help`)}`,
    after: faultText(errors, id),
  });
  return html`<div class="field">${field}</div>`;
}
