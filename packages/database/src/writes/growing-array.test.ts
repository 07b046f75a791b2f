import { expect, test } from 'vitest';
import { arrayOf } from './binary.ts';
import { GrowingArray } from './growing-array.ts';

test('an array that grows is the array of the list', () => {
  for (const texts of [['a', 'één', ''], ['a', null], [null]]) {
    const array = new GrowingArray('text');
    for (const text of texts) {
      if (text === null) array.addNull();
      else array.next().putText(text);
    }
    expect(array.length).toBe(texts.length);
    expect(array.bytes()).toEqual(arrayOf('text', texts));
  }
  const numbers = [1n, -5n, 2n ** 62n];
  const array = new GrowingArray('int8');
  for (const number of numbers) array.next().putInt8(number);
  expect(array.bytes()).toEqual(arrayOf('int8', numbers));
});
