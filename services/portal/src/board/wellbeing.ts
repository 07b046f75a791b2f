/** The dimensions of positive health. */
import type { Language, Words } from './page.ts';

/** By code, in the order in which people read them. */
export const WELLBEING: Readonly<Record<string, Words>> = {
  'bodily-functions': { nl: 'Lichaamsfuncties', en: 'Bodily functions' },
  'mental-wellbeing': { nl: 'Mentaal welbevinden', en: 'Mental wellbeing' },
  meaningfulness: { nl: 'Zingeving', en: 'Meaningfulness' },
  'quality-of-life': { nl: 'Kwaliteit van leven', en: 'Quality of life' },
  participation: { nl: 'Meedoen', en: 'Participation' },
  'daily-functioning': { nl: 'Dagelijks functioneren', en: 'Daily functioning' },
};

/** What a dimension is called; the code itself where it is none of the six. */
export function wellbeingName(code: string, language: Language): string {
  return WELLBEING[code]?.[language] ?? code;
}
