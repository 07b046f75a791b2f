import { expect, test } from 'vitest';
import type { FoundFile } from './find-files.ts';
import { Sightings } from './sightings.ts';

function file(name: string, changes: Partial<FoundFile> = {}): FoundFile {
  return { name, bytes: 10, changedAt: 1_000, marker: undefined, ...changes };
}
const namesOf = (files: readonly FoundFile[]) => files.map(({ name }) => name);

test('a file is complete when it has kept its size and time for long enough', () => {
  const sightings = new Sightings(30, false);
  expect(sightings.look([file('a')], 0)).toEqual([]);
  expect(sightings.look([file('a', { bytes: 11 })], 29)).toEqual([]);
  expect(sightings.look([file('a', { bytes: 11 })], 58)).toEqual([]);
  expect(sightings.look([file('a', { bytes: 11, changedAt: 1_001 })], 59)).toEqual([]);
  expect(namesOf(sightings.look([file('a', { bytes: 11, changedAt: 1_001 })], 89))).toEqual(['a']);
});

test('a file that was gone starts anew', () => {
  const sightings = new Sightings(30, false);
  sightings.look([file('a')], 0);
  sightings.look([], 10);
  expect(sightings.look([file('a')], 40)).toEqual([]);
});

test('the oldest comes first', () => {
  const sightings = new Sightings(30, false);
  const files = [file('c', { changedAt: 3 }), file('b', { changedAt: 1 }), file('a', { changedAt: 3 })];
  sightings.look(files, 0);
  expect(namesOf(sightings.look(files, 30))).toEqual(['b', 'a', 'c']);
});

test('where markers are used they alone tell', () => {
  const sightings = new Sightings(30, true);
  expect(namesOf(sightings.look([file('a', { marker: 'a.ok' }), file('b')], 0))).toEqual(['a']);
  expect(sightings.look([file('b')], 1_000)).toEqual([]);
});
