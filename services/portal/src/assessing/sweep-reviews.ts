/** Removes reviews that are of nothing: of a case that was erased or never there, or of another revision. */
import { type Database, inSnapshot, readProgress, readRevisions } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { isMet, type StreamWatch } from '../stream.ts';
import type { ReviewBook } from './review-book.ts';
import type { PlacedReview } from './review-table.ts';

/** Milliseconds that a review is left alone: what it is of may still be on its way. */
export const LEFT_ALONE_MS = 60 * 60_000;
/** Reviews that one sweep removes, and cases that are looked up at once. */
const REMOVED_MOST = 20_000;
const AT_ONCE = 1_000;

/** What is swept. */
export interface SweepNeeds {
  db: Kysely<Database>;
  reviews: ReviewBook;
  stream: StreamWatch;
}

/**
 * Sweeps once. Nothing is removed while the database is behind the stream, as after a new start from it: then
 * nobody can say which cases there are. Throws what the database and nats-server throw.
 * @returns how many were removed; undefined where the database is behind
 */
export async function sweepReviews(
  { db, reviews, stream }: SweepNeeds,
  now: Date,
): Promise<number | undefined> {
  const until = new Date(now.getTime() - LEFT_ALONE_MS).toISOString();
  const old = (await reviews.read()).before(until);
  if (old.length === 0) return 0;
  if (!(await isCaughtUp(db, stream))) return undefined;
  const idle: PlacedReview[] = [];
  for (let at = 0; at < old.length && idle.length < REMOVED_MOST; at += AT_ONCE)
    idle.push(...(await ofNothing(db, old.slice(at, at + AT_ONCE))));
  await reviews.remove(idle.slice(0, REMOVED_MOST));
  return Math.min(idle.length, REMOVED_MOST);
}

async function isCaughtUp(db: Kysely<Database>, stream: StreamWatch): Promise<boolean> {
  const state = await stream.read();
  const progress = await inSnapshot(db, readProgress);
  return state !== undefined && isMet(state, progress) && progress.sequence >= state.lastSequence;
}

/** A case that stands whole in quarantine has no revision that counts: its review is kept. */
async function ofNothing(db: Kysely<Database>, some: readonly PlacedReview[]): Promise<PlacedReview[]> {
  const revisionOf = await readRevisions(
    db,
    some.map(({ review }) => review),
  );
  return some.filter(({ review }) => {
    const revision = revisionOf(review);
    return revision !== null && revision !== review.revision;
  });
}
