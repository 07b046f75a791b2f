/** The pages of assessing. */
import type { BoardPage } from '../../board/page.ts';
import type { PageNeeds } from '../../board/pages.ts';
import { FORM_PAGE } from './form-page.ts';
import { reviewPage } from './review-page.ts';
import { WORKLIST_PAGE } from './worklist-page.ts';

/** The work list, the form of one case, and what a team leader looks at. */
export function assessingPages({ ingestUrl }: PageNeeds): readonly BoardPage[] {
  return [WORKLIST_PAGE, FORM_PAGE, reviewPage(ingestUrl)];
}
