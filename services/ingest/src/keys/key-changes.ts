import { randomBytes } from 'node:crypto';
import { KEY_PREFIX, type NewKey } from '@effectstroom/contracts';
import { type KeyEntry, ProblemError, sha256, stateOf } from '@effectstroom/runtime';

/** Texts of one key that work at the same time. */
const MOST_TEXTS = 8;
const HOUR = 60 * 60 * 1000;

/** A new text of a key: 256 random bits. */
export function newText(): string {
  return `${KEY_PREFIX}${randomBytes(32).toString('base64url')}`;
}

/** The entry of a new key with this text. */
export function newEntry(key: NewKey, text: string, createdBy: string, now: Date): KeyEntry {
  return {
    id: randomBytes(8).toString('hex'),
    ...key,
    hashes: [{ sha256: sha256(text) }],
    createdAt: now.toISOString(),
    createdBy,
    revokedAt: null,
    lastUsedOn: null,
  };
}

/**
 * A key with another text, while the older ones work on for some hours and then no more. Throws a problem, 409,
 * where the key works no more, or too many texts would.
 */
export function rotated(entry: KeyEntry, text: string, overlapHours: number, now: Date): KeyEntry {
  const state = stateOf(entry, now.getTime());
  if (state !== 'active') throw new ProblemError(409, `this key is ${state}: make a new one`);
  const end = new Date(now.getTime() + overlapHours * HOUR).toISOString();
  const older = entry.hashes.map(({ sha256: one, until }) => ({
    sha256: one,
    until: until !== undefined && until < end ? until : end,
  }));
  const working = older.filter(({ until }) => Date.parse(until) > now.getTime());
  if (working.length >= MOST_TEXTS) {
    throw new ProblemError(409, 'too many older texts of this key still work: wait until some no longer do');
  }
  // Who still sends one that works no more is told so, for a while.
  const ended = older.filter((one) => !working.includes(one)).slice(-MOST_TEXTS);
  return { ...entry, hashes: [...ended, ...working, { sha256: sha256(text) }] };
}

/** A key that works no more. */
export function revoked(entry: KeyEntry, now: Date): KeyEntry {
  return { ...entry, revokedAt: entry.revokedAt ?? now.toISOString() };
}
