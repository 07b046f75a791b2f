/** What was filled in, where the form itself cannot be shown now. */
import { ProblemError } from '@effectstroom/runtime';
import { alert } from '../../board/alert.ts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext } from '../../board/page.ts';
import { type AssessingWord, say } from './assessing-words.ts';
import { FIELDS, type FormState, type LineState } from './form-state.ts';
import { LEVEL_NAMES } from './level-words.ts';
import { button } from './parts.ts';

const NOTICES: Readonly<Record<number, AssessingWord>> = {
  ...{ 403: 'notAllowed', 404: 'notThere', 409: 'cannot' },
};

/** The answers with why they cannot be worked on, and a button that tries again. */
export function keptView(
  problem: ProblemError,
  { state, revision }: { state: FormState; revision: string },
  { language, request }: BoardContext,
): Html {
  const { lines, wellbeing, similarCases } = state;
  const hidden = (name: string, value: string): Html =>
    html`<input type="hidden" name="${name}" value="${value}">`;
  const fields = Object.entries(FIELDS) as [keyof LineState, string][];
  return html`${alert('error', html`<p>${say(NOTICES[problem.status] ?? 'later', language)}</p>`)}
    <h2>${say('filledIn', language)}</h2>
    <ul>${lines.map((line) => html`<li>${typed(line, language)}</li>`)}</ul>
    <form method="post" action="${request.url}">
      ${hidden('revisie', revision)} ${hidden('gezondheid', wellbeing)} ${hidden('soortgelijk', similarCases)}
      ${lines.map((line, place) => fields.map(([field, name]) => hidden(`${name}-${place}`, line[field])))}
      <p>${button({ text: say('tryAgain', language), name: 'actie', value: 'bereken', kind: 'primary-action' })}</p>
    </form>`;
}

/** Whether what was filled in can be shown with it: who is not signed in any more must sign in first. */
export function isKept(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.status !== 401;
}

function typed(line: LineState, language: BoardContext['language']): string {
  const { service, quantity, amount, costBearer, likelihood, contribution } = line;
  const levels = [likelihood, contribution].map((level) => LEVEL_NAMES[level]?.[language] ?? level);
  const what = service === '' ? [amount, costBearer] : [service, quantity];
  return [...what, ...levels].filter((text) => text !== '').join(' · ') || '–';
}
