/** Two periods, or one period as known then and now: the difference, and what it is made of. */
import type { Compared, PublicComparison } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { alert } from '../alert.ts';
import { type Html, html } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { bridgeFigure } from './bridge-figure.ts';
import { changeSentences, nothingBefore } from './change-sentences.ts';
import { compareForm } from './compare-form.ts';
import { COMPARE_PARAMETERS, type CompareQuestion, compareQuestion } from './compare-question.ts';
import { comparedThemes } from './compared-themes.ts';
import { programmesInScope } from './programmes-in-scope.ts';

export const comparePage: BoardPage = {
  path: '/vergelijken',
  title: { nl: 'Vergelijken', en: 'Compare' },
  place: 40,
  isLive: true,
  keeps: COMPARE_PARAMETERS,
  render,
};

async function render(context: BoardContext): Promise<Html> {
  const question = compareQuestion(context);
  return html`${compareForm(question.choice, context)}${await answered(question, context)}`;
}

async function answered(question: CompareQuestion, context: BoardContext): Promise<Html> {
  const { api, language } = context;
  const { query, sides } = question;
  if (query === undefined) return message(WORDS.early[language]);
  try {
    const [{ programmes }, comparison] = await Promise.all([
      programmesInScope(context),
      api.get<PublicComparison>('/v1/compare', { ...query, groupBy: 'theme' }),
    ]);
    const { total } = comparison;
    const isMoments = question.choice.soort === 'momenten';
    if (total.difference === null) return message(WORDS.hidden[language]);
    const compared = total as Compared;
    if (!isMoments && compared.before.cases.registered === 0) return nothingBefore(sides, context);
    const explained = compared.parts.length > 0;
    return html`${changeSentences(compared, sides, context)}
      ${explained && bridgeFigure(compared, context)}
      ${!explained && !context.seesDetail && html`<p class="note">${WORDS.noParts[language]}</p>`}
      ${comparedThemes({ comparison, programmes }, context)}
      <p class="basis">${(isMoments ? WORDS.moments : WORDS.periods)[language]}</p>`;
  } catch (error) {
    if (!(error instanceof ProblemError) || ![400, 403, 409].includes(error.status)) throw error;
    return message(
      WORDS[error.status === 409 ? 'ahead' : error.status === 403 ? 'forbidden' : 'wrong'][language],
    );
  }
}

function message(words: string): Html {
  return alert('warning', html`<p>${words}</p>`);
}

const WORDS = {
  early: {
    nl: 'Er is nog geen hele maand van dit jaar voorbij. Kies een ander jaar.',
    en: 'No whole month of this year has passed yet. Choose another year.',
  },
  hidden: {
    nl: 'Dit verschil is niet te tonen: het gaat om te weinig casussen.',
    en: 'This difference cannot be shown: it is about too few cases.',
  },
  noParts: {
    nl: 'Waardoor het verschil komt, is alleen te zien met het recht op kleine aantallen.',
    en: 'What made the difference is shown only to readers who may see small numbers.',
  },
  ahead: {
    nl: 'Dat moment is nog niet voorbij. Kies een eerdere dag.',
    en: 'That moment has not passed yet. Choose an earlier day.',
  },
  forbidden: {
    nl: 'Deze perioden mag u niet vergelijken: ze overlappen, en het verschil gaat dan over enkele casussen.',
    en: 'You may not compare these periods: they overlap, and differ by single cases.',
  },
  wrong: {
    nl:
      'Deze dagen kunnen niet. De eerste dag moet voor de laatste liggen, en zonder recht op ' +
      'kleine aantallen kiest u hele maanden.',
    en:
      'These days cannot be compared. The first must lie before the last; without the right to ' +
      'small numbers choose whole months.',
  },
  periods: {
    nl:
      'Na correctie, met volgende jaren, voor de hele samenleving. De delen tellen precies op tot ' +
      'het verschil. Volgorde: eerst het ' +
      'aantal casussen, dan welke, dan wat er één waard is, en als laatste prijzen en correctiefactor.',
    en:
      'Corrected, following years included, for society. The parts add up to the difference ' +
      'exactly. In this order: how many ' +
      'cases, then which, then what one is worth, and last prices and correction factor.',
  },
  moments: {
    nl:
      'Dezelfde casusdatums, op twee momenten. Elk deel staat zo in het grootboek; ze tellen ' +
      'precies op tot het verschil.',
    en:
      'The same case dates at two moments. Each part stands in the ledger; they add up to the ' +
      'difference exactly.',
  },
};
