import { createHmac } from 'node:crypto';

/** Replaces a resident key. */
export type HashResidentKey = (residentKey: string) => string;

/**
 * The keyed hash that replaces resident keys: `rk1:` and HMAC-SHA-256 in base64url. Only the key is its
 * input, so that one resident is the same in all organisations, and nobody without the secret can try keys.
 */
export function residentKeyHash(secret: Buffer): HashResidentKey {
  return (residentKey) => `rk1:${createHmac('sha256', secret).update(residentKey).digest('base64url')}`;
}
