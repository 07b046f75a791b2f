import { expect, test } from 'vitest';
import { type Outcome, oddsOfBreakEven } from './break-even.ts';

const sure = { error: 0 };

test('without a range it is yes or no', () => {
  expect(oddsOfBreakEven({ low: 1, mid: 1, high: 1, ...sure })).toBe(1);
  expect(oddsOfBreakEven({ low: 0.99, mid: 0.99, high: 0.99, ...sure })).toBe(0);
  expect(oddsOfBreakEven({ low: 0, mid: 0, high: 0, ...sure })).toBe(0);
});

test('with a range alone it is a part of the triangle', () => {
  expect(oddsOfBreakEven({ low: 0.5, mid: 1, high: 1.5, ...sure })).toBeCloseTo(0.5, 12);
  expect(oddsOfBreakEven({ low: 0, mid: 1, high: 4, ...sure })).toBeCloseTo(0.75, 12);
  expect(oddsOfBreakEven({ low: 0, mid: 2, high: 2, ...sure })).toBeCloseTo(0.75, 12);
  expect(oddsOfBreakEven({ low: 0.5, mid: 0.5, high: 1.5, ...sure })).toBeCloseTo(0.25, 12);
  expect(oddsOfBreakEven({ low: 1.1, mid: 2, high: 3, ...sure })).toBe(1);
  expect(oddsOfBreakEven({ low: 0.1, mid: 0.2, high: 0.9, ...sure })).toBe(0);
});

test('with a sampling error alone it is a part of the bell', () => {
  const odds = (mid: number, error: number) => oddsOfBreakEven({ low: mid, mid, high: mid, error });
  expect(odds(1, 0.3)).toBeCloseTo(0.5, 12);
  expect(odds(1.3, 0.3)).toBeCloseTo(0.841344746, 8);
  expect(odds(0.7, 0.3)).toBeCloseTo(0.158655254, 8);
});

/** Evenly spread quantiles of the triangle, each with its bell: slow and simple. */
function bySumming({ low, mid, high, error }: Outcome): number {
  const pieces = 20_000;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const share = (piece + 0.5) / pieces;
    const width = high - low;
    const isRising = share < (mid - low) / width;
    const total = isRising
      ? low + Math.sqrt(share * width * (mid - low))
      : high - Math.sqrt((1 - share) * width * (high - mid));
    sum += oddsOfBreakEven({ low: total, mid: total, high: total, error });
  }
  return sum / pieces;
}

test('with both it is what summing gives, however wide each is', () => {
  const triangles = [
    [0, 0.9, 1.2],
    [0.8, 0.8, 1.6],
    [0.2, 1.3, 1.3],
    [0.9999, 1, 1.0002],
    [0, 0.001, 3],
    [1.5, 2, 8],
  ] as const;
  for (const [low, mid, high] of triangles)
    for (const error of [1e-6, 1e-4, 0.003, 0.05, 0.3, 1, 5, 40]) {
      const outcome = { low, mid, high, error };
      expect(oddsOfBreakEven(outcome), JSON.stringify(outcome)).toBeCloseTo(bySumming(outcome), 4);
    }
});
