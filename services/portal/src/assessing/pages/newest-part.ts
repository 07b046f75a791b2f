/** What a case says now, where it changed while somebody filled in the form. */
import type { CaseForm, GivenAssessment } from '@effectstroom/contracts';
import { alert } from '../../board/alert.ts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import { WELLBEING } from '../../board/wellbeing.ts';
import { say } from './assessing-words.ts';
import { lineText } from './line-text.ts';
import { button } from './parts.ts';
import { listWord } from './worklist-words.ts';

/** Id of the form, of which the button in this part is. */
export const FORM_ID = 'beoordeling';

/** The newest assessment, and a button that puts what was filled in in its place. */
export function newestPart(form: CaseForm, isRefused: boolean, context: BoardContext): Html {
  const { language } = context;
  const { current, revision } = form;
  return alert(
    isRefused ? 'error' : 'warning',
    html`<p>${say('changed', language)}</p>
      ${current === null ? html`<p>${say('noneNow', language)}</p>` : given(current, form, context)}
      <p>${say('yours', language)}</p>
      <p>${button({
        ...{ text: say('saveAnyway', language), name: 'actie', value: `toch-${revision}` },
        ...{ kind: 'secondary-action', attributes: html`form="${FORM_ID}"` },
      })}</p>`,
  );
}

function given({ avoided, similarCases, wellbeing }: GivenAssessment, form: CaseForm, context: BoardContext) {
  const { language, formats } = context;
  const services = new Map(form.services.map(({ service, name }) => [service, name]));
  const bearers = new Map(form.costBearers.map(({ code, name }) => [code, name]));
  const lines = avoided.map((line) => {
    const { service = '', costBearer = '', amount, quantity, likelihood = null, contribution = null } = line;
    return lineText(
      {
        ...{ service: services.get(service) ?? service, likelihood, contribution },
        costBearerName: bearers.get(costBearer) ?? costBearer,
        amount: amount === undefined ? null : String(amount),
        quantity: quantity === undefined ? null : String(quantity),
        recurrence: line.recurrence ?? 'one-off',
      },
      context,
    );
  });
  const beside = [
    ...(similarCases > 1 ? [`${formats.count(similarCases)} ${listWord('similar', language)}`] : []),
    WELLBEING[wellbeing ?? '']?.[language] ?? listWord('noWellbeing', language),
  ];
  return html`<p>${say('newest', language)}</p>
    <ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
    <p>${beside.join(' · ')}</p>`;
}
