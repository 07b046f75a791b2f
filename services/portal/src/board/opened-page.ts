/** What a page is rendered from, for the request that asks for it. */
import { keyOf } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { seesDetail } from '../suppression/detail.ts';
import { type BoardApi, boardApi } from './api.ts';
import type { PageParts } from './document.ts';
import { type Chosen, chosenIn, filtersOf, languageOf } from './filters.ts';
import { formatsIn } from './formats.ts';
import type { Changes } from './live.ts';
import { type Choices, readChoices } from './names.ts';
import type { BoardPage } from './page.ts';
import { Remembered, readerName } from './remembered.ts';
import { readNewestYear } from './years.ts';

/** Answers that are remembered, and for how long, in milliseconds. */
const CHOICES = { max: 200, keptMs: 30_000 };
const YEARS = { max: 1_000, keptMs: 60_000 };

/** A page without what its view renders. */
export type OpenedPage = Omit<PageParts, 'page' | 'body'>;

/**
 * Makes what pages are rendered from, for requests that passed `requireScope`. It throws `ProblemError` where the
 * API does not answer.
 */
export function pageOpener(
  app: FastifyInstance,
  changes: Changes,
  pages: readonly BoardPage[],
): (request: FastifyRequest) => Promise<OpenedPage> {
  const places = inNavigation(pages);
  const choices = new Remembered<Choices>(CHOICES.max, CHOICES.keptMs);
  const years = new Remembered<number>(YEARS.max, YEARS.keptMs);
  const newestYear = (reader: string, api: BoardApi, chosen: Chosen): Promise<number> => {
    const { gemeente, organisatie, programma } = chosen;
    return years.of([reader, gemeente, organisatie, programma].join(' '), () => readNewestYear(api, chosen));
  };
  return async (request) => {
    // First: what changes while the page is made must show it anew.
    const version = await changes.version();
    const key = keyOf(request);
    const api = boardApi(app, request);
    const chosen = chosenIn(request.query);
    const detail = seesDetail(request);
    const reader = readerName(key);
    const { programmes, names } = await choices.of(reader, () => readChoices(api));
    const year = chosen.jaar === undefined ? await newestYear(reader, api, chosen) : Number(chosen.jaar);
    const language = languageOf(chosen);
    return {
      ...{ version, reader: key.name },
      navigation: places.filter((page) => page.isFor?.(request) ?? true),
      context: {
        ...{ request, language, api, names, programmes, seesDetail: detail, formats: formatsIn(language) },
        filters: filtersOf(chosen, year, !detail),
      },
    };
  };
}

function inNavigation(pages: readonly BoardPage[]): BoardPage[] {
  return pages
    .filter(({ place }) => place !== undefined)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
}
