import { describe, expect, it } from 'vitest';
import { networkOf, TokenBuckets } from './rate-limit.ts';

describe('a token bucket', () => {
  it('holds a minute, fills evenly and says how long to wait', () => {
    const buckets = new TokenBuckets();
    for (let i = 0; i < 60; i++) expect(buckets.take('a', 60, 0)).toBe(0);
    expect(buckets.take('a', 60, 0)).toBe(1);
    expect(buckets.take('b', 60, 0)).toBe(0);
    expect(buckets.take('a', 60, 1000)).toBe(0);
    expect(buckets.take('a', 60, 1000)).toBe(1);
    expect(buckets.take('a', 2, 1000)).toBe(30);
    for (let i = 0; i < 60; i++) expect(buckets.take('a', 60, 10_000_000)).toBe(0);
    expect(buckets.take('a', 60, 10_000_000)).toBe(1);
  });

  it('remembers so many names and no more, the latest ones', () => {
    const buckets = new TokenBuckets(2);
    buckets.take('a', 1, 0);
    buckets.take('b', 1, 0);
    buckets.take('a', 1, 0);
    buckets.take('c', 1, 0);
    expect(buckets.size).toBe(2);
    expect(buckets.take('a', 1, 0)).toBe(60);
    expect(buckets.take('b', 1, 0)).toBe(0);
  });
});

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
