/** Of which history the data of a server are. Pure. */

/** What tells one history of a database from another. */
export interface History {
  /** PostgreSQL's number of the cluster: another one where its data were made anew, as from a dump. */
  cluster: string;
  /** One more each time that a copy of the cluster goes on by itself: promoted, or restored to a moment. */
  timeline: number;
}

/**
 * What the data of a server are to those of the primary:
 * - `same`: of one history, be they older;
 * - `later`: it was promoted, or follows one that was, and the primary has not got what came since;
 * - `other`: of another cluster, or of what the primary was before it was restored.
 */
export type Kinship = 'same' | 'later' | 'other';

/** @param primary undefined where it was never seen: then nothing is known against the server */
export function kinshipOf(own: History, primary: History | undefined): Kinship {
  if (primary === undefined) return 'same';
  if (own.cluster !== primary.cluster || own.timeline < primary.timeline) return 'other';
  return own.timeline > primary.timeline ? 'later' : 'same';
}

export function isSameHistory(one: History, other: History): boolean {
  return kinshipOf(one, other) === 'same';
}
