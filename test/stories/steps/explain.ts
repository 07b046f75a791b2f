/** From a figure down to the euros that it consists of. */
import { expect } from 'vitest';
import { euros, periodOf } from '../dutch.ts';
import type { Step } from '../story.ts';

interface Explanation {
  sum: string;
  by: string | null;
  parts: { label: string; sum: string; href: string | null }[];
  adds: boolean;
  steps: { label: string; sum: string }[];
}

export const EXPLAIN: readonly Step[] = [
  {
    sentence: /^is de opbrengst van "(.+)" over (.+) stap voor stap terug te voeren:$/,
    play: async (story, [organisation = '', period = ''], table) => {
      const query = new URLSearchParams({ ...periodOf(period), organisation }).toString();
      let href: string | null | undefined = `/v1/explain?${query}`;
      const walked: Record<string, string>[] = [];
      while (href !== null && href !== undefined) {
        const answer: Explanation = await story.ask<Explanation>(href);
        expect(answer.adds).toBe(true);
        const [largest] = answer.parts;
        if (largest === undefined) break;
        walked.push({
          'in delen': String(answer.parts.length),
          'grootste deel': largest.label,
          bedrag: euros(largest.sum),
          samen: euros(answer.sum),
        });
        href = largest.href;
      }
      expect(walked).toEqual(table);
    },
  },
];
