import { formatDecimal } from '@effectstroom/valuation';
import jstat from 'jstat';
import { expect, it } from 'vitest';
import { FINER_DECIMALS, type Forecast, forecast } from './forecast.ts';
import { studentT, T_UNIT } from './student-t.ts';
import { lastTwelveMonths, monthsIn, monthsLeft } from './window.ts';

const euros = (amounts: number[]) => amounts.map((amount) => BigInt(amount) * 10n ** 10n);
const written = ({ low, mid, high }: Forecast) =>
  [low, mid, high].map((value) => formatDecimal(value, 10 + FINER_DECIMALS, 2));

it('works out the example of OUTLOOK.md', () => {
  const months = euros([8_000, 12_000, 10_000, 9_000, 11_000, 10_000]);
  const left = monthsLeft(2025, '2025-06-15');
  expect(left).toEqual({ months: 195n, per: 30n });
  expect(written(forecast(months, 600_000_000_000_000n, left))).toEqual([
    '111622.27',
    '125000.00',
    '138377.73',
  ]);
});

it('expects never less than there is, and exactly that at the end of the year', () => {
  const wild = euros([0, 0, 90_000]);
  const [toDate] = euros([1_000]);
  expect(written(forecast(wild, toDate ?? 0n, monthsLeft(2025, '2025-11-30')))[0]).toBe('1000.00');
  const done = written(forecast(wild, toDate ?? 0n, monthsLeft(2025, '2025-12-31')));
  expect(done).toEqual(['1000.00', '1000.00', '1000.00']);
});

it('rounds half a cent once, away from zero', () => {
  const [low, mid] = written(forecast([0n, 0n, 0n], 50_000_000n, { months: 3n, per: 1n }));
  expect([low, mid]).toEqual(['0.01', '0.01']);
});

it.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])('has the t of %i degrees of freedom', (freedom) => {
  const t = Number(studentT(freedom)) / Number(T_UNIT);
  expect(t).toBeCloseTo(jstat.studentt.inv(0.975, freedom), 6);
});

it('observes twelve whole months, none before the first case', () => {
  const window = lastTwelveMonths('2025-01-31');
  expect(window).toEqual({ from: '2024-01-01', to: '2024-12-31' });
  expect(lastTwelveMonths('2024-03-01')).toEqual({ from: '2023-03-01', to: '2024-02-29' });
  expect(monthsIn(window, '2020-05')).toHaveLength(12);
  expect(monthsIn(window, '2024-11')).toEqual(['2024-11', '2024-12']);
  expect(monthsIn(window, '2025-01')).toEqual([]);
  expect(monthsIn(window, undefined)).toEqual([]);
});
