/** What a page of the board is made of: a view renders, the frame does the rest. */
import type { ProgrammeRow } from '@effectstroom/contracts';
import type { FastifyRequest } from 'fastify';
import type { BoardApi } from './api.ts';
import type { Filters } from './filters.ts';
import type { Formats } from './formats.ts';
import type { Html } from './html.ts';
import type { Names } from './names.ts';

/** Languages of the board; Dutch where nothing is asked. */
export type Language = 'nl' | 'en';

/** Text in each language. */
export type Words = Readonly<Record<Language, string>>;

/** What a view renders from. */
export interface BoardContext {
  request: FastifyRequest;
  language: Language;
  /** What was chosen, from the address: municipality, organisation, programme, year. */
  filters: Filters;
  /** The portal's own API with the rights of who is signed in: the board shows nothing that it does not say. */
  api: BoardApi;
  /** Euros, shares, counts and dates in the reader's language. */
  formats: Formats;
  /** Names that belong to codes. */
  names: Names;
  /** Those that the reader may choose from, 5,000 at most. */
  programmes: readonly ProgrammeRow[];
  /** May see single cases and figures of few cases. */
  seesDetail: boolean;
}

/** A file that the reader gets instead of a page, such as a report. */
export interface BoardFile {
  /** Its media type. */
  type: string;
  /** As `Content-Disposition` has it; shown in the browser where undefined. */
  disposition?: string | undefined;
  /** `Content-Security-Policy` of a page that brings its own style. */
  policy?: string | undefined;
  body: Buffer;
}

/** After a form: another address to go to (303), the page itself (200), or the page with what is wrong (422). */
export type Acted = { to: string } | { shown: Html } | Html;

/** A page of the board. */
export interface BoardPage {
  /** As `/themas` or `/casus/:organisation/:caseId`; what stands there is in `context.request.params`. */
  path: string;
  /** In the navigation and as the title. */
  title: Words;
  /** Place in the navigation; left out where it is reached by links only. */
  place?: number;
  /** Whether it is of use to who is signed in; always where left out. */
  isFor?(request: FastifyRequest): boolean;
  /** Shown anew while events arrive. */
  isLive?: boolean;
  /** What stands in `<main>`, below the title and the filters. Throws `ProblemError`: told to the reader. */
  render(context: BoardContext): Promise<Html>;
  /**
   * Takes a form (POST) of the page itself, in `context.request.body`; sent from this board, by who is signed in.
   * `context.request.headers.authorization` holds the reader's bearer.
   */
  act?(context: BoardContext): Promise<Acted>;
  /** Leaves out the form with municipality, organisation, programme and year. */
  hasNoFilters?: boolean;
  /** Own parameters of the address that stay when a filter changes. */
  keeps?: readonly string[];
  /** Scripts of its own, as `BOARD_SCRIPTS` in assets.ts names them. */
  scripts?: readonly string[];
}

/** An address of the board that answers with a file. */
export interface BoardDownload {
  path: string;
  answer(context: BoardContext): Promise<BoardFile>;
}
