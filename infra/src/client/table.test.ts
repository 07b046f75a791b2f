import { expect, test } from 'vitest';
import { tableLines } from './table.ts';
import { printable } from './terminal.ts';

test('columns are as wide as what stands in them', () => {
  expect(
    tableLines(
      ['Rij', 'Wat'],
      [
        ['1', 'a'],
        ['20', 'één'],
      ],
      80,
    ),
  ).toEqual(['Rij  Wat', '───  ───', '1    a', '20   één']);
});

test('the widest column is cut off where all do not fit', () => {
  const lines = tableLines(['Rij', 'Wat er niet klopt'], [['1', 'must be a date']], 15);
  expect(lines).toEqual(['Rij  Wat er ni…', '───  ──────────', '1    must be a…']);
});

test('what comes from a file cannot steer the terminal', () => {
  expect(printable('a\u001b[2Jb\r\nc\u202ed')).toBe('a [2Jb c d');
  expect(tableLines(['\u001b]0;x\u0007'], [], 80)[0]).toBe(']0;x');
});
