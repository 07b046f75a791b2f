/** In a few words whether a theme will earn its budget back this year. */
import type { OutlookFigures } from '@effectstroom/contracts';
import type { Html } from '../html.ts';
import type { Language, Words } from '../page.ts';
import { type StandingKind, standing } from './standing.ts';

/** How it stands; the mark says it without colour. */
interface Standing {
  kind: StandingKind;
  mark: string;
  words: Words;
}

const STANDINGS = {
  reached: {
    ...{ kind: 'good', mark: '✓' },
    words: { nl: 'Budget terugverdiend', en: 'Budget earned back' },
  },
  sure: {
    ...{ kind: 'good', mark: '▲' },
    words: {
      nl: 'Op koers: verdient het budget vrijwel zeker terug',
      en: 'On course: almost sure to earn the budget back',
    },
  },
  likely: {
    ...{ kind: 'good', mark: '▲' },
    words: {
      nl: 'Op koers: verdient het budget waarschijnlijk terug',
      en: 'On course: likely to earn the budget back',
    },
  },
  unlikely: {
    ...{ kind: 'warning', mark: '▼' },
    words: {
      nl: 'Loopt achter: verdient het budget waarschijnlijk niet terug',
      en: 'Behind: not likely to earn the budget back',
    },
  },
  never: {
    ...{ kind: 'bad', mark: '▼' },
    words: {
      nl: 'Loopt ver achter: verdient het budget vrijwel zeker niet terug',
      en: 'Far behind: almost sure not to earn the budget back',
    },
  },
  missed: {
    ...{ kind: 'bad', mark: '▼' },
    words: { nl: 'Budget niet terugverdiend', en: 'Budget not earned back' },
  },
  ahead: {
    ...{ kind: 'good', mark: '▲' },
    words: { nl: 'Ligt nu voor op het budget', en: 'Ahead of the budget now' },
  },
  behind: {
    ...{ kind: 'warning', mark: '▼' },
    words: { nl: 'Ligt nu achter op het budget', en: 'Behind the budget now' },
  },
  unbudgeted: { kind: 'none', mark: '–', words: { nl: 'Geen budget', en: 'No budget' } },
  unknown: { kind: 'none', mark: '–', words: { nl: 'Niet te zeggen', en: 'Cannot be said' } },
} as const satisfies Record<string, Standing>;

/** A mark and words. */
export function outlookStatus(figures: OutlookFigures, language: Language): Html {
  const { kind, mark, words } = STANDINGS[standingOf(figures)];
  return standing(kind, mark, words[language]);
}

function standingOf({ toDate, budget, budgetToDate, expected }: OutlookFigures): keyof typeof STANDINGS {
  if (budget === null || Number(budget) === 0) return 'unbudgeted';
  if (toDate === null) return 'unknown';
  const reached = Number(budget);
  if (Number(toDate) >= reached) return 'reached';
  if (expected === null) return Number(toDate) >= Number(budgetToDate) ? 'ahead' : 'behind';
  const { low, mid, high } = expected;
  if (low === null || high === null) return 'missed';
  if (Number(low) >= reached) return 'sure';
  if (Number(high) < reached) return 'never';
  return Number(mid) >= reached ? 'likely' : 'unlikely';
}
