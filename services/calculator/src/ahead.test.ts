import { expect, test } from 'vitest';
import { ahead } from './ahead.ts';

test('items keep their order, and no more of them are asked for ahead than were wanted', async () => {
  let asked = 0;
  let taken = 0;
  async function* numbers(): AsyncGenerator<number, undefined> {
    for (asked = 1; asked <= 9; asked++) {
      expect(asked - taken).toBeLessThanOrEqual(3);
      yield asked;
    }
  }
  const seen: number[] = [];
  for await (const number of ahead(numbers(), 2)) {
    taken++;
    seen.push(number);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what fails ahead, fails where it is taken', async () => {
  async function* failing(): AsyncGenerator<number, undefined> {
    yield 1;
    throw new Error('no more');
  }
  const items = ahead(failing(), 2);
  expect((await items.next()).value).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  await expect(items.next()).rejects.toThrow('no more');
});
