/** `/beoordelen/nakijken`: a team leader looks at assessments. */
import type { Reviews } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { z } from 'zod';
import { alert } from '../../board/alert.ts';
import { type Html, html } from '../../board/html.ts';
import type { Acted, BoardContext, BoardPage } from '../../board/page.ts';
import { sendToIngest } from '../ingest-client.ts';
import { casePath } from './case-path.ts';
import { linkButton } from './parts.ts';
import { reviewCard } from './review-card.ts';
import { mayReview } from './worklist-page.ts';
import { type ListWord, listWord } from './worklist-words.ts';

const ROWS = '20';

const CHOICES = ['open', 'returned', 'approved', 'everything'] as const;
const CHOICE_WORDS: Readonly<Record<(typeof CHOICES)[number], ListWord>> = {
  ...{ open: 'open', returned: 'sentBack', approved: 'approved', everything: 'everything' },
};

const addressSchema = z.object({
  keuze: z.enum(CHOICES).catch('open'),
  na: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,1000}$/)
    .optional()
    .catch(undefined),
  gedaan: z.literal('1').optional().catch(undefined),
});

const bodySchema = z.object({
  organisatie: z.string().max(64),
  casus: z.string().max(64),
  revisie: z.string().regex(/^\d{1,16}$/),
  oordeel: z.enum(['approved', 'returned']),
  opmerking: z
    .union([z.string().transform((one) => [one]), z.array(z.string()).max(50)])
    .optional()
    .transform((remarks) => remarks ?? []),
});

/** The page of a team leader. @param ingestUrl where ingest is; undefined where nothing can be sent */
export function reviewPage(ingestUrl: string | undefined): BoardPage {
  return {
    path: '/beoordelen/nakijken',
    title: { nl: 'Nakijken', en: 'Review' },
    place: 71,
    isFor: mayReview,
    keeps: ['keuze'],
    render: (context) => view(context, undefined),
    act: (context) => decide(context, ingestUrl),
  };
}

async function decide(context: BoardContext, ingestUrl: string | undefined): Promise<Acted> {
  const sent = bodySchema.safeParse(context.request.body ?? {});
  if (!sent.success) return view(context, 'later');
  const { organisatie, casus, revisie, oordeel: decision, opmerking } = sent.data;
  const isReturned = decision === 'returned';
  if (isReturned && opmerking.length === 0) return view(context, 'chooseRemark');
  try {
    await sendToIngest(ingestUrl, {
      ...{ method: 'PUT', contentType: 'application/json' },
      path: `/v1/reviews/${casePath(organisatie, casus)}`,
      body: { revision: Number(revisie), decision, ...(isReturned ? { remarks: opmerking } : {}) },
      authorization: context.request.headers.authorization,
    });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return view(context, error.status === 403 ? 'notAllowed' : error.status === 409 ? 'newer' : 'later');
  }
  const { keuze } = addressSchema.parse(context.request.query ?? {});
  return { to: context.filters.href('/beoordelen/nakijken', { keuze, gedaan: '1' }) };
}

async function view(context: BoardContext, notice: ListWord | undefined): Promise<Html> {
  const { api, filters, language, request } = context;
  const { keuze, na: cursor, gedaan } = addressSchema.parse(request.query ?? {});
  const decision = keuze === 'everything' ? undefined : keuze;
  const { rows, next } = await api.get<Reviews>('/v1/reviews', {
    ...filters.query,
    ...{ decision, limit: ROWS, cursor },
  });
  const isKept = gedaan === '1' && notice === undefined && request.method === 'GET';
  const nextHref = filters.href('/beoordelen/nakijken', { keuze, na: next ?? undefined });
  return html`<p>${listWord('reviewLead', language)}</p>
    ${isKept && alert('ok', html`<p>${listWord('kept', language)}</p>`)}
    ${notice !== undefined && alert('error', html`<p>${listWord(notice, language)}</p>`)}
    <nav aria-label="${listWord('choice', language)}">
      <ul class="list-choice case-list">${CHOICES.map((one) => choiceLink(one, keuze, context))}</ul>
    </nav>
    ${rows.length === 0 && html`<p>${listWord('nothingToReview', language)}</p>`}
    <ul class="case-list">${rows.map((one) => html`<li>${reviewCard(one, context)}</li>`)}</ul>
    ${next !== null && html`<p>${linkButton(nextHref, listWord('more', language), 'secondary-action')}</p>`}`;
}

type Choice = (typeof CHOICES)[number];

function choiceLink(one: Choice, chosen: Choice, { filters, language }: BoardContext): Html {
  const href = filters.href('/beoordelen/nakijken', { keuze: one });
  return html`<li><a class="utrecht-button utrecht-button--subtle" href="${href}"
    ${one === chosen && html`aria-current="true"`}>${listWord(CHOICE_WORDS[one], language)}</a></li>`;
}
