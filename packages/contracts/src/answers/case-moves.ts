import { z } from 'zod';
import { count } from './amount.ts';

/** How many contributions a part, or a cause, made start and stop to count, and change. */
export const caseMovesSchema = z
  .object({
    started: count.meta({ description: 'Cases that did not count, and do' }),
    stopped: count.meta({ description: 'Cases that counted, and do not' }),
    changed: count.meta({ description: 'How often a case that goes on to count changed' }),
  })
  .meta({
    id: 'CaseMoves',
    description:
      'Exact for events, and within one group where no case moves to another. A cause (as one message of settings) ' +
      'that stops some cases and starts others has as many of these as there are of both in changed: there changed ' +
      'is an upper bound, and started and stopped are lower ones. Started − stopped is exact always',
  });

export type CaseMoves = z.infer<typeof caseMovesSchema>;
