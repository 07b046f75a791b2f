/** Small numbers, and one resident's case that is erased. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { tablesThatHold } from '../../erasure/erasing.ts';
import { euros, periodOf } from '../dutch.ts';
import type { Step, Story } from '../story.ts';
import { dimensionOf } from './figures.ts';

interface Row {
  suppressed?: string;
  cases: { registered: number } | null;
  corrected: { total: string } | null;
}

export const PRIVACY: readonly Step[] = [
  {
    sentence: /^ziet een lezer zonder detailrecht van "(.+)" over (.+) per (\S+):$/,
    play: async (story, [organisation = '', period = '', by = ''], table) => {
      const groupBy = dimensionOf(by);
      const query = new URLSearchParams({ ...periodOf(period), organisation, groupBy }).toString();
      const response = await askWithoutDetail(story, `/v1/savings?${query}`);
      expect(response.status).toBe(200);
      const { rows, total } = (await response.json()) as {
        rows: (Row & Record<string, unknown>)[];
        total: Row;
      };
      const line = (name: unknown, { suppressed, cases, corrected }: Row) => ({
        [by]: String(name),
        casussen: suppressed === undefined ? String(cases?.registered) : 'afgeschermd',
        gecorrigeerd: suppressed === undefined ? euros(corrected?.total ?? null) : 'afgeschermd',
      });
      expect([...rows.map((row) => line(row[groupBy], row)), line('samen', total)]).toEqual(table);
    },
  },
  {
    sentence: /^mag een lezer zonder detailrecht casus "(.+)" van "(.+)" niet zien$/,
    play: async (story, [caseId = '', organisation = '']) => {
      const response = await askWithoutDetail(story, `/v1/cases/${organisation}/${organisation}-${caseId}`);
      expect(response.status).toBe(403);
    },
  },
  {
    sentence: /^casus "(.+)" van "(.+)" op verzoek van de bewoner wordt gewist$/,
    play: async (story, [caseId = '', organisation = '']) => {
      await story.pipeline.settled();
      const body = { organisation, caseId: `${organisation}-${caseId}` };
      const { certificate } = await story.tell<{ certificate: string }>('POST', '/v1/erasures', body);
      story.notes.set('certificate', certificate);
      await story.pipeline.settled();
    },
  },
  {
    sentence: /^staat er van casus "(.+)" van "(.+)" niets herkenbaars meer in de database$/,
    play: async (story, [caseId = '', organisation = '']) => {
      const name = `${organisation}-${caseId}`;
      expect(await tablesThatHold(story.pipeline.db, [name])).toEqual([]);
    },
  },
  {
    sentence:
      /^zegt het bewijs van wissen dat (\d+) gebeurtenissen? (?:is|zijn) verwijderd, en (€ \S+) van het totaal is gegaan$/,
    play: async (story, [events = '', amount = '']) => {
      const { removed, correction } = await story.ask<{
        removed: { events: number };
        correction: { corrected: string };
      }>(story.notes.get('certificate') ?? '');
      expect([removed.events, euros(correction.corrected.replace('-', ''))]).toEqual([
        Number(events),
        amount,
      ]);
    },
  },
];

/** Asks with a key that has the scope read and nothing else. */
async function askWithoutDetail(story: Story, path: string): Promise<Response> {
  const known = story.notes.get('key');
  const key =
    known ??
    (
      await story.tell<{ key: string }>('POST', '/v1/keys', {
        ...{ name: 'lezer', scopes: ['read'], organisations: ['*'], sources: ['*'] },
      })
    ).key;
  story.notes.set('key', key);
  await story.pipeline.settled();
  for (let turn = 0; ; turn++) {
    const response = await fetch(story.pipeline.portal.running.url + path, {
      headers: { authorization: `Bearer ${key}` },
    });
    // The portal hears of a new key within a second.
    if (response.status !== 401 || turn === 50) return response;
    await sleep(100);
  }
}
