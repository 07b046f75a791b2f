import type { Programme } from '@effectstroom/contracts';
import { divideRounded } from '@effectstroom/valuation';
import { describe, expect, test } from 'vitest';
import { type BudgetScope, budgetOf } from './budget.ts';

const YEAR = { from: '2021-01-01', to: '2021-12-31' };

function programme(budgets: Programme['budgets'], name = 'main'): Programme {
  return {
    ...{ municipality: 'GM0394', organisation: 'meerwaarde', programme: name, name, method: 'sroi' },
    ...{ scale: [], correctionFactors: [], followingYears: [], themes: [], workTypes: [], costBearers: [] },
    budgets,
  };
}

/** In cents, rounded; undefined where there is none. */
function cents(budgets: Programme['budgets'], scope: Partial<BudgetScope> = {}): bigint | undefined {
  const found = budgetOf([programme(budgets)], { period: YEAR, ...scope });
  return found && divideRounded(found.amount * 100n, found.unit);
}

const WHOLE = { year: 2021, amount: '365.00' };
const THEME = { year: 2021, amount: '100.00', theme: '1' };
const WORK = { year: 2021, amount: '10.00', workType: 'jongerenwerk' };
const BOTH = { year: 2021, amount: '1.00', theme: '1', workType: 'jongerenwerk' };

describe('a scope that names no theme and no work type', () => {
  test('takes the whole budget, not its parts beside it', () => {
    expect(cents([WHOLE, THEME, WORK, BOTH])).toBe(36_500n);
    expect(cents([WHOLE, { ...WHOLE, amount: '0.50' }])).toBe(36_550n);
  });

  test('takes the sum of the parts where there is no whole, year by year', () => {
    expect(cents([THEME, { ...THEME, theme: '2' }, WORK])).toBe(21_000n);
    const years = [WHOLE, THEME, { ...THEME, year: 2022 }];
    expect(cents(years, { period: { from: '2021-01-01', to: '2022-12-31' } })).toBe(46_500n);
  });

  test('counts a part of a part only where the part has no budget itself', () => {
    expect(cents([THEME, BOTH])).toBe(10_000n);
    expect(cents([BOTH, { ...BOTH, workType: 'opbouwwerk' }])).toBe(200n);
  });
});

describe('a scope that names a theme or work type', () => {
  test('takes the budgets that name exactly these', () => {
    const all = [WHOLE, THEME, WORK, BOTH];
    expect(cents(all, { theme: '1' })).toBe(10_000n);
    expect(cents(all, { workType: 'jongerenwerk' })).toBe(1_000n);
    expect(cents(all, { theme: '1', workType: 'jongerenwerk' })).toBe(100n);
    expect(cents(all, { theme: '2' })).toBeUndefined();
  });

  test('finds none for cases without a work type: the whole is not theirs', () => {
    expect(cents([WHOLE, WORK], { workType: null })).toBeUndefined();
    expect(cents([THEME], { theme: '1', workType: null })).toBeUndefined();
  });
});

describe('the share of a year', () => {
  test('goes by days', () => {
    expect(cents([WHOLE], { period: { from: '2021-01-31', to: '2021-02-01' } })).toBe(200n);
    expect(cents([WHOLE], { period: { from: '2020-01-01', to: '2021-01-01' } })).toBe(100n);
    const leap = { year: 2020, amount: '366.00' };
    expect(cents([leap], { period: { from: '2020-02-29', to: '2020-03-01' } })).toBe(200n);
    expect(cents([leap, WHOLE], { period: { from: '2020-12-31', to: '2021-01-01' } })).toBe(200n);
  });

  test('is exact: a third of a cent is not lost before the sum', () => {
    const budgets = Array.from({ length: 365 }, () => ({ year: 2021, amount: '0.01' }));
    expect(cents(budgets, { period: { from: '2021-06-01', to: '2021-06-01' } })).toBe(1n);
  });

  test('is nothing outside the year: no budget rather than 0', () => {
    expect(cents([WHOLE], { period: { from: '2022-01-01', to: '2022-12-31' } })).toBeUndefined();
    expect(cents([WHOLE], { period: undefined })).toBeUndefined();
    expect(cents([{ year: 2021, amount: '0.00' }])).toBe(0n);
  });
});

test('programmes are told apart by what the scope names', () => {
  const programmes = [programme([WHOLE]), programme([THEME], 'gezinswerk')];
  const amount = (scope: Partial<BudgetScope>) => budgetOf(programmes, { period: YEAR, ...scope })?.amount;
  expect(amount({ programme: 'gezinswerk' })).toBe(amount({ theme: '1' }));
  expect(amount({ municipality: 'GM0001' })).toBeUndefined();
  expect(amount({})).toBe(
    (amount({ programme: 'main' }) ?? 0n) + (amount({ programme: 'gezinswerk' }) ?? 0n),
  );
});
