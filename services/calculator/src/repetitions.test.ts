import { expect, it } from 'vitest';
import { Repetitions } from './repetitions.ts';

it('expects repetitions for some batches at the start, and after each that was found', () => {
  const repetitions = new Repetitions();
  const expectedFor = () => {
    let batches = 0;
    for (; repetitions.areExpected; batches++) repetitions.found(0);
    return batches;
  };
  const atStart = expectedFor();
  expect(atStart).toBeGreaterThan(1);
  repetitions.found(3);
  expect(expectedFor()).toBeGreaterThan(atStart);
});
