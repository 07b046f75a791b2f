/** The pages of the board. */
import { assessingPages } from '../assessing/pages/index.ts';
import { reportsPage } from '../report/board/reports-page.ts';
import type { BoardPage } from './page.ts';
import { FIGURE_PAGES } from './views/views.ts';

/** What pages need beside what the frame gives them. */
export interface PageNeeds {
  /** Where ingest is, for pages that send; undefined where they cannot. */
  ingestUrl: string | undefined;
}

/** Every page; the navigation has them by `place`. */
export function boardPages(needs: PageNeeds): readonly BoardPage[] {
  return [...FIGURE_PAGES, ...assessingPages(needs), reportsPage];
}
