import { describe, expect, test } from 'vitest';
import { readArguments, wholeNumber } from './arguments.ts';
import { WrongUse } from './faults.ts';

const options = { mapping: { type: 'string' }, full: { type: 'boolean' } } as const;
const read = (...args: string[]) => readArguments('import', args, options, { least: ['BESTAND'] });

test('options and words are read in any order', () => {
  expect(read('--mapping', 'a', 'b.csv', '--full')).toEqual({
    options: { mapping: 'a', full: true },
    words: ['b.csv'],
  });
  expect(read('--mapping=a=b', '--', '-b.csv').words).toEqual(['-b.csv']);
});

describe('wrong use is told in Dutch', () => {
  test.each([
    [['b.csv', '--fast'], 'Onbekende optie: --fast'],
    [['b.csv', '-x'], 'Onbekende optie: -x'],
    [['b.csv', '--mapping'], '--mapping vraagt een waarde'],
    [['b.csv', '--mapping', '--full'], '--mapping vraagt een waarde'],
    [['b.csv', '--mapping='], '--mapping vraagt een waarde'],
    [['b.csv', '--full=yes'], '--full krijgt geen waarde'],
    [['--full'], 'Er ontbreekt iets: BESTAND'],
    [['b.csv', 'c.csv'], 'Dit hoort er niet bij: c.csv'],
  ])('%j', (args, says) => {
    expect(() => read(...args)).toThrow(new WrongUse(says, 'import'));
  });
});

test('a whole number lies within its bounds', () => {
  expect(wholeNumber('keys', '--overlap-hours', '720', [0, 720])).toBe(720);
  for (const text of ['721', '-1', '1.5', '']) {
    expect(() => wholeNumber('keys', '--overlap-hours', text, [0, 720])).toThrow(WrongUse);
  }
});
