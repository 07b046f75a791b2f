/** Garbage on every way in; always the same here, other garbage by `node test/fuzz/main.ts`. */
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const INPUTS = 5_000;
const SEED = 394;

test(`${INPUTS} inputs, seed ${SEED}`, { timeout: 600_000 }, async () => {
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  expect(await fuzz({ seed: SEED, inputs: INPUTS, tell })).toEqual([]);
});
