import { expect, it } from 'vitest';
import { yearsOf } from './period-years.ts';

const of2025 = { from: '2025-01-01', to: '2025-12-31' };

it.each([
  ['2025-03-01', '2025-03-31', 'month', [{ month: '2025-03' }]],
  ['2025-04-01', '2025-06-30', 'quarter', [{ quarter: '2025-Q2' }]],
  ['2025-07-01', '2025-12-31', 'quarter', [{ quarter: '2025-Q3' }, { quarter: '2025-Q4' }]],
  ['2025-01-01', '2025-12-31', undefined, [{}]],
  ['2025-01-01', '2025-05-31', 'month', [{ quarter: '2025-Q1' }, { month: '2025-04' }, { month: '2025-05' }]],
  ['2025-02-01', '2025-06-30', 'month', [{ month: '2025-02' }, { month: '2025-03' }, { quarter: '2025-Q2' }]],
])('%s to %s', (from, to, by, parts) => {
  expect(yearsOf({ from, to })).toEqual([{ period: of2025, by, parts }]);
});

it('tells years apart', () => {
  expect(yearsOf({ from: '2023-12-01', to: '2025-12-31' })).toEqual([
    { period: { from: '2023-01-01', to: '2023-12-31' }, by: 'month', parts: [{ month: '2023-12' }] },
    { period: { from: '2024-01-01', to: '2024-12-31' }, by: undefined, parts: [{}] },
    { period: of2025, by: undefined, parts: [{}] },
  ]);
});
