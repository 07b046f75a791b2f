/** Why a figure changed. */
import { expect } from 'vitest';
import { euros, periodOf } from '../dutch.ts';
import type { Step, Story, Table } from '../story.ts';

interface Comparison {
  total: {
    before: { corrected: string };
    after: { corrected: string };
    difference: { corrected: string; exact: { corrected: string } };
    parts: {
      label: string;
      cases: Record<string, number> | null;
      corrected: string;
      exact: { corrected: string };
    }[];
  };
}

export const COMPARE: readonly Step[] = [
  {
    sentence: /^is het verschil voor "(.+)" over (.+) tussen "(.+)" en nu:$/,
    play: async (story, [organisation = '', period = '', moment = ''], table) => {
      const query = { ...periodOf(period), organisation, beforeAsOf: story.momentOf(moment) };
      await expectParts(story, query, table);
    },
  },
  {
    sentence: /^is het verschil voor "(.+)" tussen (\d{4}) en (\d{4}):$/,
    play: async (story, [organisation = '', before = '', after = ''], table) => {
      const { from: beforeFrom, to: beforeTo } = periodOf(before);
      await expectParts(story, { ...periodOf(after), organisation, beforeFrom, beforeTo }, table);
    },
  },
  {
    sentence: /^is het verschil voor "(.+)" tussen (.+ t\/m .+) en dezelfde dagen een jaar eerder:$/,
    play: (story, [organisation = '', period = ''], table) =>
      expectParts(story, { ...periodOf(period), organisation, against: 'year-before' }, table),
  },
];

async function expectParts(story: Story, query: Record<string, string>, table: Table): Promise<void> {
  const { total } = await story.ask<Comparison>('/v1/compare', query);
  const { before, after, difference, parts } = total;
  const rows = [
    { oorzaak: 'Was', gecorrigeerd: euros(before.corrected) },
    ...parts
      .filter(
        ({ corrected, cases }) =>
          corrected !== '0.00' || Object.values(cases ?? {}).some((count) => count > 0),
      )
      .map(({ label, corrected }) => ({ oorzaak: label, gecorrigeerd: euros(corrected) })),
    { oorzaak: 'Is', gecorrigeerd: euros(after.corrected) },
  ];
  expect(rows).toEqual(table);
  expect(sum(parts.map(({ exact }) => exact.corrected))).toBe(units(difference.exact.corrected));
}

/** Ten-thousandths of a micro-euro. */
function units(exact: string): bigint {
  return BigInt(exact.replace('.', ''));
}

function sum(exact: readonly string[]): bigint {
  return exact.reduce((total, one) => total + units(one), 0n);
}
