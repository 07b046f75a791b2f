import type { Groups } from '@effectstroom/database';

/** What the pure part needs of {@link Groups}: a group for dimensions, whose id may come later. */
export type GroupBook = Pick<Groups, 'caseGroup' | 'lineGroup'>;
