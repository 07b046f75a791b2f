import { expect, test } from 'vitest';
import { chooseServer, type SeenServer } from './choose-server.ts';

const primary: SeenServer = { url: 'p', role: 'primary', isThere: true, isFollowing: false, behindMs: 0 };
const replica = (
  url: string,
  behindMs: number | undefined,
  changes: Partial<SeenServer> = {},
): SeenServer => ({
  ...{ url, role: 'replica', isThere: true, isFollowing: true, behindMs },
  ...changes,
});
const away = { isThere: false };
const chosen = (servers: readonly SeenServer[], current?: string) =>
  chooseServer(servers, current, 30_000)?.url;

test('the first replica that is near is read from, and else the primary', () => {
  expect(chosen([replica('a', 900), replica('b', 100), primary])).toBe('a');
  expect(chosen([replica('a', 900, away), replica('b', 100), primary])).toBe('b');
  expect(chosen([replica('a', 40_000), replica('b', undefined), primary])).toBe('p');
  expect(chosen([primary])).toBe('p');
});

test('one that is read from may be further behind than one that is taken up', () => {
  expect(chosen([replica('a', 10_000), primary], 'a')).toBe('a');
  expect(chosen([replica('a', 10_000), primary], 'p')).toBe('p');
  expect(chosen([replica('a', 1_000), primary], 'p')).toBe('a');
});

test('without the primary any replica is better than none, and it stays the same one', () => {
  const gone = { ...primary, ...away };
  expect(chosen([replica('a', 90_000), replica('b', 60_000), gone])).toBe('b');
  expect(chosen([replica('a', 90_000), replica('b', 60_000), gone], 'a')).toBe('a');
  expect(chosen([replica('a', undefined), gone])).toBe('a');
  expect(chosen([replica('a', 0, away), gone])).toBeUndefined();
});

test('a promoted replica has a history of its own, so it is never read from beside the primary', () => {
  const promoted = replica('a', 0, { isFollowing: false });
  expect(chosen([promoted, primary], 'a')).toBe('p');
  expect(chosen([promoted, { ...primary, ...away }], 'p')).toBe('a');
});
