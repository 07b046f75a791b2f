import type { KeyBucket } from '@effectstroom/runtime';
import type { KeyExpiry } from './collector.ts';

/** How long a key that has expired is still shown: who uses it should hear why it stopped. */
const SHOWN_AFTER_MS = 7 * 86_400_000;

/** The keys that expire, or did in the last week, by id; undefined while the bucket was never read. */
export function expiringKeys(bucket: KeyBucket, now: Date): KeyExpiry[] | undefined {
  if (!bucket.isRead) return undefined;
  const oldest = now.getTime() - SHOWN_AFTER_MS;
  const shown = bucket.all().flatMap(({ entry: { id, expiresAt, revokedAt } }): KeyExpiry[] => {
    if (expiresAt === null || revokedAt !== null) return [];
    const expiry = { id, expiresAt: new Date(expiresAt) };
    return expiry.expiresAt.getTime() < oldest ? [] : [expiry];
  });
  return shown.sort((one, other) => (one.id < other.id ? -1 : 1));
}
