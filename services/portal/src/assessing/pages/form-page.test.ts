import type { CaseForm } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { describe, expect, it } from 'vitest';
import { chosenIn, filtersOf } from '../../board/filters.ts';
import { formatsIn } from '../../board/formats.ts';
import type { BoardContext } from '../../board/page.ts';
import { FORM_PAGE } from './form-page.ts';

const FORM = {
  ...{ organisation: 'meerwaarde', caseId: 'c-1', revision: 4, date: '2024-03-17', theme: '3' },
  services: [
    {
      ...{ service: 'huisarts', name: 'Consult huisarts', unit: 'consult', price: '40.00' },
      ...{ costBearer: 'zorgverzekeraar', costBearerName: 'Zorgverzekeraar' },
    },
  ],
  ...{ costBearers: [], scale: null, current: null, former: null, review: null },
} as unknown as CaseForm;
const BODY = { revisie: '4', 'dienst-0': 'huisarts', 'kans-0': 'certain', 'bijdrage-0': 'certain' };
const AWAY = new ProblemError(503, 'the database cannot answer now: try again later');

/** What the page makes of a form; `post` and `list` answer saving or the preview, and the work list. */
function act(actie: string, answers: { post?: () => object; list?: () => object }) {
  const context = {
    request: {
      ...{ method: 'POST', url: '/beoordelen/meerwaarde/c-1', query: {} },
      ...{ params: { organisation: 'meerwaarde', caseId: 'c-1' }, body: { ...BODY, actie } },
    },
    ...{ language: 'nl', filters: filtersOf(chosenIn({}), 2024, false), formats: formatsIn('nl') },
    api: {
      get: async (path: string) => (path === '/v1/assessments' ? answers.list?.() : FORM),
      post: async () => answers.post?.(),
    },
  } as unknown as BoardContext;
  return FORM_PAGE.act?.(context);
}

function fail(error: Error): never {
  throw error;
}

describe('a form that was sent', () => {
  it('leads to the list where it is saved and the next case cannot be read', async () => {
    const acted = await act('opslaan', { post: () => ({ accepted: 1 }), list: () => fail(AWAY) });
    expect(acted).toMatchObject({ to: expect.stringMatching(/^\/beoordelen\?.*opgeslagen=c-1/) });
  });

  it('keeps what was filled in where the saving cannot be worked out', async () => {
    const acted = await act('bereken', { post: () => fail(AWAY) });
    const page = String((acted as { shown: object }).shown);
    expect(page).toContain('De besparing is nu niet te berekenen');
    expect(page).toContain('Consult huisarts');
  });

  it('is told apart: taken by another, changed, and not signed in any more', async () => {
    const reserved = new ProblemError(409, 'another one is being saved', {}, { reserved: 5 });
    expect(String(await act('opslaan', { post: () => fail(reserved) }))).toContain('Iemand slaat deze casus');
    const gone = new ProblemError(401, 'no key');
    await expect(act('opslaan', { post: () => fail(gone) })).rejects.toBe(gone);
  });
});
