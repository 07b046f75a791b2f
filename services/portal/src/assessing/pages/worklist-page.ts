/** `/beoordelen`: the cases that wait for an assessment. */
import type { WaitingCase, Worklist } from '@effectstroom/contracts';
import { keyOf } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { alert } from '../../board/alert.ts';
import { type Html, html } from '../../board/html.ts';
import type { BoardContext, BoardPage } from '../../board/page.ts';
import { table } from '../../board/table.ts';
import { say } from './assessing-words.ts';
import { LIST_PARAMETERS, type ListChoice, listChoice, listQuestion } from './list-choice.ts';
import { narrowingForm } from './list-form.ts';
import { linkButton, remarkList, savedText } from './parts.ts';
import { listWord } from './worklist-words.ts';

/** Cases on one page. */
const ROWS = '50';

const addressSchema = z.object({
  na: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,1000}$/)
    .optional()
    .catch(undefined),
  opgeslagen: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,64}$/)
    .optional()
    .catch(undefined),
});

/** Whether somebody may assess: that shows single cases, and sends events. */
function mayAssess(request: FastifyRequest): boolean {
  const key = keyOf(request);
  return key.hasScope('detail') && key.hasScope('ingest');
}

/** Whether somebody may say what they think of assessments. */
export function mayReview(request: FastifyRequest): boolean {
  const key = keyOf(request);
  return key.hasScope('detail') && key.hasScope('review');
}

/** The work list. */
export const WORKLIST_PAGE: BoardPage = {
  path: '/beoordelen',
  title: { nl: 'Beoordelen', en: 'Assess' },
  place: 70,
  isFor: mayAssess,
  keeps: LIST_PARAMETERS,
  render: async (context) => {
    const choice = listChoice(context);
    const { na: cursor, opgeslagen } = addressSchema.parse(context.request.query ?? {});
    const question = { ...listQuestion(context, choice), limit: ROWS, cursor };
    const list = await context.api.get<Worklist>('/v1/assessments', question);
    return page(list, choice, opgeslagen, context);
  },
};

function page(list: Worklist, choice: ListChoice, saved: string | undefined, context: BoardContext): Html {
  const { language, filters, formats, request } = context;
  const [first] = list.rows;
  const waiting = formats.count(list.waiting);
  const nextHref = filters.href('/beoordelen', { ...choice, na: list.next ?? undefined });
  const next = linkButton(nextHref, listWord('more', language), 'secondary-action');
  const reviewHref = filters.href('/beoordelen/nakijken');
  const reviewing = html`<p><a href="${reviewHref}">${listWord('reviewing', language)}</a></p>`;
  return html`${saved !== undefined && alert('ok', html`<p>${savedText(saved, language)}</p>`)}
    ${!mayAssess(request) && alert('warning', html`<p>${say('notAllowed', language)}</p>`)}
    <p>${listWord('lead', language)}</p>
    ${mayReview(request) && reviewing}
    ${narrowingForm(choice, list, context)}
    ${list.goals.length > 0 && drawn(list, context)}
    <h2>${language === 'nl' ? `Nog ${waiting} te doen` : `${waiting} still to do`}</h2>
    ${first === undefined ? html`<p>${listWord('empty', language)}</p>` : startLink(first, choice, context)}
    <ul class="case-list">${list.rows.map((one) => html`<li>${card(one, choice, context)}</li>`)}</ul>
    ${list.next !== null && html`<p>${next}</p>`}`;
}

function startLink(first: WaitingCase, choice: ListChoice, context: BoardContext): Html {
  const text = listWord('start', context.language);
  return html`<p>${linkButton(addressOf(first, choice, context), text, 'primary-action')}</p>`;
}

function addressOf(one: WaitingCase, choice: ListChoice, { filters }: BoardContext): string {
  return filters.href(`/beoordelen/${one.organisation}/${encodeURIComponent(one.caseId)}`, {
    ...choice,
    ...(one.similarCases === null ? {} : { cases: String(one.similarCases) }),
  });
}

function card(one: WaitingCase, choice: ListChoice, context: BoardContext): Html {
  const { language, formats } = context;
  const goal = one.goal === null ? [one.theme, one.themeName] : [one.goal, one.goalName];
  const about = [formats.date(one.date), one.workType, one.team].filter((text) => text !== null);
  return html`<div class="case-card">
    <p><a class="case-link" href="${addressOf(one, choice, context)}">${one.caseId}</a>
      ${one.state === 'returned' && html`<span class="tag">${listWord('returned', language)}</span>`}</p>
    <p>${goal.filter((text) => text !== null).join(' ')}</p>
    <p class="help">${about.join(' · ')}</p>
    ${remarkList(one.remarks, language)}
  </div>`;
}

function drawn({ goals }: Worklist, { language, formats }: BoardContext): Html {
  const caption = listWord('drawn', language);
  const columns = [
    { label: listWord('ofGoal', language) },
    ...(['inPeriod', 'drawnCount', 'left', 'standsFor'] as const).map((name) => ({
      ...{ label: listWord(name, language), isNumber: true },
    })),
  ];
  const rows = goals.map(({ theme, goal, goalName, cases, drawn: some, waiting, similarCases }) => [
    [goal ?? theme, goalName ?? ''].join(' '),
    ...[cases, some, waiting, similarCases].map((value) => formats.count(value)),
  ]);
  return table({ id: 'steekproef-doelen', caption, columns, rows });
}
