import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ClosingPlaces } from './closing-places.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

test('lines stand in the order of their hashes, those of erased cases among them', () => {
  const texts = Array.from({ length: 2_000 }, (_, number) => `line ${number}`);
  const same = { hash: `${'ab'.repeat(31)}00`, next: `${'ab'.repeat(31)}01` };
  const lines = [...texts.map((line) => ({ line, hash: hashOf(line) }))];
  lines.push({ line: 'next', hash: same.next }, { line: 'same', hash: same.hash });
  const places = new ClosingPlaces(lines.length);
  for (const [number, { hash, line }] of lines.entries())
    places.add(hash, number % 7 === 0 ? { line } : { number: BigInt(number) });
  places.sort();
  const sorted = lines.toSorted((one, other) => (one.hash < other.hash ? -1 : 1));
  expect([...places.hashes()]).toEqual(sorted.map(({ hash }) => hash));
  const found = [...places.slice(0, 1_500), ...places.slice(1_500, 9_999)];
  expect(found.map((place) => place.line ?? lines[Number(place.number)]?.line)).toEqual(
    sorted.map(({ line }) => line),
  );
  expect(() => places.add(same.hash, { number: 1n })).toThrow(RangeError);
});
