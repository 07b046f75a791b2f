/** The pages that show figures. */
import type { BoardPage } from '../page.ts';
import { casePage } from './case.ts';
import { comparePage } from './compare.ts';
import { costBearersPage } from './cost-bearers.ts';
import { deliveriesPage } from './deliveries.ts';
import { explainPage } from './explain.ts';
import { overviewPage } from './overview.ts';
import { themesPage } from './themes.ts';

export const FIGURE_PAGES: readonly BoardPage[] = [
  ...[overviewPage, themesPage, costBearersPage, comparePage, deliveriesPage],
  ...[explainPage, casePage],
];
