/** The reviews in memory. */
import { type KeptReview, keptReviewSchema, REVIEW_REMOVAL_KEY, reviewKey } from '@effectstroom/contracts';
import type { BucketTable } from '@effectstroom/runtime';

/** A review with its place in the bucket. */
export interface PlacedReview {
  review: KeptReview;
  sequence: number;
}

/** The last review of every case. */
export class ReviewTable implements BucketTable {
  readonly #reviews = new Map<string, PlacedReview>();
  /** Entries that are deleted, or no reviews: counted, so that a missing one is noticed. */
  readonly #others = new Set<string>();

  get size(): number {
    return this.#reviews.size + this.#others.size;
  }

  put(key: string, sequence: number, text: string | undefined): boolean {
    this.#reviews.delete(key);
    this.#others.delete(key);
    const isRemoval = text === undefined || key === REVIEW_REMOVAL_KEY;
    const review = isRemoval ? undefined : parseKept(text);
    if (review === undefined || reviewKey(review.organisation, review.caseId) !== key) {
      this.#others.add(key);
      return isRemoval;
    }
    this.#reviews.set(key, { review, sequence });
    return true;
  }

  /** What was said of this revision of a case; undefined where it was not looked at. */
  of(organisation: string, caseId: string, revision: number): KeptReview | undefined {
    const review = this.#reviews.get(reviewKey(organisation, caseId))?.review;
    return review?.revision === revision ? review : undefined;
  }

  /** At most so many reviews of these organisations that returned an assessment, the newest first. */
  returned(most: number, isRead: (organisation: string) => boolean): KeptReview[] {
    return [...this.#reviews.values()]
      .map(({ review }) => review)
      .filter(({ decision, organisation }) => decision === 'returned' && isRead(organisation))
      .sort((one, other) => (one.reviewedAt < other.reviewedAt ? 1 : -1))
      .slice(0, most);
  }

  /** Those of that moment (RFC 3339 in UTC) or earlier. */
  before(moment: string): PlacedReview[] {
    return [...this.#reviews.values()].filter(({ review }) => review.reviewedAt <= moment);
  }
}

function parseKept(text: string): KeptReview | undefined {
  try {
    return keptReviewSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
