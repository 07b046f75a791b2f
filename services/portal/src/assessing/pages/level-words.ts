/** The two questions about a line, each with three plain answers. */
import type { Words } from '../../board/page.ts';

/** A question whose answers are levels of the scale. */
export interface LevelQuestion {
  field: 'likelihood' | 'contribution';
  question: Words;
  answers: readonly { level: 'certain' | 'probable' | 'possible'; name: Words; help: Words }[];
}

const NAMES = {
  certain: { nl: 'Zeker', en: 'Certain' },
  probable: { nl: 'Waarschijnlijk', en: 'Probable' },
  possible: { nl: 'Misschien', en: 'Possible' },
} as const;

/** How a level is called. */
export const LEVEL_NAMES: Readonly<Record<string, Words>> = NAMES;

export const LIKELIHOOD: LevelQuestion = {
  field: 'likelihood',
  question: {
    nl: 'Was deze dienst binnen zes maanden nodig geweest, zonder onze hulp?',
    en: 'Would this service have been needed within six months, without our help?',
  },
  answers: [
    {
      ...{ level: 'certain', name: NAMES.certain },
      help: { nl: 'Bijna niemand zou hieraan twijfelen.', en: 'Hardly anybody would doubt it.' },
    },
    {
      ...{ level: 'probable', name: NAMES.probable },
      help: { nl: 'De kans was groter van wel dan van niet.', en: 'It was more likely than not.' },
    },
    {
      ...{ level: 'possible', name: NAMES.possible },
      help: { nl: 'Het kon, maar de kans was kleiner.', en: 'It could have been, but less likely.' },
    },
  ],
};

export const CONTRIBUTION: LevelQuestion = {
  field: 'contribution',
  question: {
    nl: 'Komt het door onze hulp dat het niet nodig was?',
    en: 'Is it due to our help that it was not needed?',
  },
  answers: [
    {
      ...{ level: 'certain', name: NAMES.certain },
      help: {
        nl: 'Ja: door ons, of door een vrijwilliger of voorziening die wij inzetten.',
        en: 'Yes: due to us, or to a volunteer or service that we brought in.',
      },
    },
    {
      ...{ level: 'probable', name: NAMES.probable },
      help: { nl: 'Grotendeels; anderen hielpen mee.', en: 'Mostly; others helped.' },
    },
    {
      ...{ level: 'possible', name: NAMES.possible },
      help: { nl: 'Voor een deel; anderen deden meer.', en: 'In part; others did more.' },
    },
  ],
};
