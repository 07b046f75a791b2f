/** What the sections of a report share: its language and how figures are shown. */
import type { Report } from '@effectstroom/contracts';
import type { Formats } from '../../board/formats.ts';
import type { Language } from '../../board/page.ts';

/** What a section is made from. */
export interface PageContext {
  report: Report;
  language: Language;
  formats: Formats;
}

/** What stands in the place of a figure that is not shown. */
export const HIDDEN = '*';

/** Figures, or what says that they are not shown. */
type Figures = Report['total'];

/** A figure as `show` writes it; a star where it is not shown. */
export function figure<Value>(
  figures: Figures,
  choose: (shown: Exclude<Figures, { suppressed: unknown }>) => Value,
  show: (value: Value) => string,
): string {
  return 'suppressed' in figures ? HIDDEN : show(choose(figures));
}

const QUARTERS = {
  nl: ['eerste', 'tweede', 'derde', 'vierde'],
  en: ['first', 'second', 'third', 'fourth'],
};

/** A period as people say it: 2021, eerste kwartaal 2021, maart 2021. */
export function periodInWords(period: string, language: Language, formats: Formats): string {
  const [from = '', to] = period.split('--');
  if (to !== undefined)
    return `${formats.date(from)} ${language === 'nl' ? 'tot en met' : 'to'} ${formats.date(to)}`;
  const [year = '', part] = period.split('-');
  if (part === undefined) return year;
  if (part.startsWith('Q'))
    return `${QUARTERS[language][Number(part.slice(1)) - 1]} ${language === 'nl' ? 'kwartaal' : 'quarter'} ${year}`;
  return formats.month(period);
}
