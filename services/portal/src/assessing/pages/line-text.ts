/** One line of an assessment in a sentence. */
import type { BoardContext } from '../../board/page.ts';
import { LEVEL_NAMES } from './level-words.ts';
import { listWord } from './worklist-words.ts';

/** What is told of a line. */
export interface ToldLine {
  /** Name of the service, or its code where it has none. */
  service: string;
  /** Euros; null where the line names a service. */
  amount: string | null;
  /** Of who would have paid an amount. */
  costBearerName: string;
  quantity: string | null;
  likelihood: string | number | null;
  contribution: string | number | null;
  recurrence: 'one-off' | 'yearly';
}

/** How much of what, how likely, due to whom, and how often. */
export function lineText(
  line: ToldLine,
  { language, formats }: Pick<BoardContext, 'language' | 'formats'>,
): string {
  const level = (given: ToldLine['likelihood']): string =>
    typeof given === 'number' ? `${given}%` : (LEVEL_NAMES[given ?? '']?.[language] ?? '–').toLowerCase();
  const quantity = (line.quantity ?? '1').replace('.', language === 'nl' ? ',' : '.');
  const what =
    line.amount === null
      ? `${quantity} × ${line.service}`
      : `${formats.cents(line.amount)} (${line.costBearerName})`;
  return [
    what,
    `${listWord('likelihood', language)} ${level(line.likelihood)}`,
    `${listWord('contribution', language)} ${level(line.contribution)}`,
    listWord(line.recurrence === 'yearly' ? 'yearly' : 'oneOff', language),
  ].join(', ');
}
