import { SCOPES } from '@effectstroom/contracts';
import { z } from 'zod';

const moment = z.iso.datetime();

/** A key as the bucket keeps it. It holds no text of the key, only hashes of it. */
export const keyEntrySchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string(),
  /** Of every text that works, or did: the newest last, the others until a moment. */
  hashes: z
    .array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), until: moment.exactOptional() }))
    .min(1),
  scopes: z.array(z.enum(SCOPES)),
  organisations: z.array(z.string()),
  sources: z.array(z.string()),
  requestsPerMinute: z.int().min(1),
  createdAt: moment,
  createdBy: z.string(),
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  /** In UTC. */
  lastUsedOn: z.iso.date().nullable(),
});

/** A key as the bucket keeps it. */
export type KeyEntry = z.infer<typeof keyEntrySchema>;

/** What a key of the bucket is at a moment. */
export type KeyState = 'active' | 'expired' | 'revoked';

/** The state of a key. */
export function stateOf(entry: KeyEntry, now: number): KeyState {
  if (entry.revokedAt !== null) return 'revoked';
  return entry.expiresAt !== null && Date.parse(entry.expiresAt) <= now ? 'expired' : 'active';
}
