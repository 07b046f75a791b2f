/** Where a figure comes from: step by step down to cases, and back up. */
import type { Explanation, PublicExplanation } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { z } from 'zod';
import { alert } from '../alert.ts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { explainedCase } from './explained-case.ts';
import { explainedParts } from './explained-parts.ts';
import { wholeYear } from './whole-year.ts';

const FIGURES = {
  corrected: { nl: 'Besparing na correctie', en: 'Corrected savings' },
  gross: { nl: 'Bruto besparing', en: 'Gross savings' },
  municipal: { nl: 'Besparing voor de gemeente', en: 'Savings of the municipality' },
  cost: { nl: 'Kosten', en: 'Costs' },
};

const ownSchema = z.object({
  cijfer: z.enum(['corrected', 'gross', 'municipal', 'cost']).optional().catch(undefined),
  pad: z.string().max(2000).optional().catch(undefined),
  per: z.string().max(40).optional().catch(undefined),
  verder: z.string().max(1000).optional().catch(undefined),
});

export const explainPage: BoardPage = {
  path: '/uitleg',
  title: { nl: 'Waar komt dit cijfer vandaan?', en: 'Where does this figure come from?' },
  keeps: ['cijfer'],
  render,
};

async function render(context: BoardContext): Promise<Html> {
  const { api, filters, language, request } = context;
  const { cijfer, pad, per, verder } = ownSchema.parse(request.query);
  const asked = { ...wholeYear(filters), figure: cijfer, path: pad, by: per, cursor: verder, limit: '50' };
  let explanation: Explanation | PublicExplanation;
  try {
    explanation = await api.get<Explanation | PublicExplanation>('/v1/explain', asked);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 403) return forbidden(context);
    throw error;
  }
  const figure = FIGURES[explanation.figure][language];
  const exactly = shown(context, isHidden(explanation)).cents(explanation.sum);
  const basis = {
    nl:
      `${figure}, casussen van ${context.formats.date(filters.from)} tot en met ` +
      `${context.formats.date(filters.to)}. Elke stap telt precies op.`,
    en:
      `${figure}, cases from ${context.formats.date(filters.from)} to ` +
      `${context.formats.date(filters.to)}. Every step adds up exactly.`,
  };
  return html`${crumbs(explanation, context)}
    <p class="card-figure" id="explained-sum">${exactly}</p>
    <p class="basis">${basis[language]}</p>
    ${explainedParts({ explanation, path: pad, by: per }, context)}
    ${explanation.case !== undefined && explainedCase(explanation.case, context)}`;
}

/** The way back up. */
function crumbs({ steps, figure }: Explanation | PublicExplanation, context: BoardContext): Html {
  const { language, filters } = context;
  const label = { nl: 'De weg hierheen', en: 'The way here' }[language];
  const last = steps.length - 1;
  return html`<nav class="crumbs" aria-label="${label}"><ol>
    ${steps.map((step, place) => {
      const { href, label, level } = step;
      const name = level === 'total' ? { nl: 'Het hele cijfer', en: 'The whole figure' }[language] : label;
      const amount = shown(context, isHidden(step)).cents(step.sum);
      const path = new URL(href, 'http://api').searchParams.get('path') ?? undefined;
      const cijfer = figure === 'corrected' ? undefined : figure;
      const address = filters.href('/uitleg', { pad: path, cijfer });
      return place === last
        ? html`<li aria-current="step"><strong lang="nl">${name}</strong></li>`
        : html`<li><a lang="nl" href="${address}">${name}</a> ${amount}</li>`;
    })}
  </ol></nav>`;
}

function forbidden({ language, filters }: BoardContext): Html {
  const words = {
    nl:
      'Dieper kunt u niet kijken: hieronder staan losse casussen. Daarvoor is het recht op kleine ' +
      'aantallen nodig.',
    en: 'You cannot look deeper: below are single cases. That takes the right to small numbers.',
  };
  const back = { nl: 'Terug naar het hele cijfer', en: 'Back to the whole figure' };
  return alert(
    'warning',
    html`<p>${words[language]}</p><p><a href="${filters.href('/uitleg')}">${back[language]}</a></p>`,
  );
}
