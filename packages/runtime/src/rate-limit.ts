import { isIPv6 } from 'node:net';

interface Bucket {
  tokens: number;
  /** Milliseconds. */
  at: number;
}

/**
 * Token buckets by name: each fills evenly with so many tokens a minute, and holds a minute of them. The ones
 * that were asked for least recently are forgotten where there are too many.
 */
export class TokenBuckets {
  readonly #most: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(most = 10_000) {
    this.#most = most;
  }

  /** Takes a token. @returns 0, or the seconds to wait where there is none */
  take(name: string, perMinute: number, now = performance.now()): number {
    const bucket = this.#buckets.get(name) ?? { tokens: perMinute, at: now };
    this.#buckets.delete(name);
    this.#buckets.set(name, bucket);
    const perMillisecond = perMinute / 60_000;
    bucket.tokens = Math.min(perMinute, bucket.tokens + (now - bucket.at) * perMillisecond);
    bucket.at = now;
    if (this.#buckets.size > this.#most) this.#forgetOldest();
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMillisecond / 1000);
    bucket.tokens -= 1;
    return 0;
  }

  /** Names that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** What of an address tells who sends: of IPv6 the network, because everybody there has all its addresses. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
