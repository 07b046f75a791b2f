import { type Programme, parseSavingsQuery } from '@effectstroom/contracts';
import type { SavingsCell, SavingsCells } from '@effectstroom/database';
import { expect, test } from 'vitest';
import { savingsAnswer } from './answer.ts';

function cell(group: SavingsCell['group'], gross: bigint, changes: Partial<SavingsCell> = {}): SavingsCell {
  const corrected = gross * 9000n;
  const counted = { countedGross: gross, countedCorrected: corrected };
  const sums = { gross, corrected, ...counted, low: corrected, high: corrected };
  return { group, yearly: false, municipal: false, year: 0, ...sums, ...changes };
}

const NOBODY = { registered: 0n, assessed: 0n, represented: 0n, cost: 0n };

function cellsOf(savings: SavingsCell[], cost: bigint): SavingsCells {
  const one = { registered: 1n, assessed: 1n, represented: 1n, cost };
  const cases = savings.map(({ group }) => ({ group, ...one }));
  return {
    savings,
    cases,
    allCases: { ...one, cost: cost * BigInt(savings.length) },
    longest: 2,
    strata: undefined,
  };
}

function answer(groupBy: string, cells: SavingsCells, budgets: Programme['budgets'] = []) {
  const programme = {
    municipality: 'GM0394',
    organisation: 'a',
    programme: 'main',
    budgets,
  } as unknown as Programme;
  const query = parseSavingsQuery({ from: '2021-01-01', to: '2021-12-31', groupBy });
  const completeness = { complete: true, missing: [] };
  const rest = { followingYears: 2, asOf: null, organisations: undefined, completeness };
  return savingsAnswer({ query, cells, programmes: [programme], ...rest });
}

test('each figure is rounded once, from its own exact value', () => {
  // Three times 0.005 € is 0.015 €: 0.02, and not three times 0.01.
  const { rows, total } = answer(
    'theme',
    cellsOf([cell(['1'], 5_000n), cell(['2'], 5_000n), cell(['3'], 5_000n)], 0n),
  );
  expect(rows.map(({ gross }) => gross.total)).toEqual(['0.01', '0.01', '0.01']);
  expect(total.gross.total).toBe('0.02');
  // 0.0045 € and 0.0135 €.
  expect(rows[0]?.corrected.total).toBe('0.00');
  expect(total.corrected.total).toBe('0.01');
});

test('rows ascend in the order in which the dimensions were asked, null last', () => {
  const groups = [
    ['b', null],
    ['a', null],
    [null, 'x'],
    ['a', 'y'],
    ['a', 'x'],
    [null, null],
    ['10', 'x'],
    ['9', 'x'],
  ];
  const { rows } = answer(
    'goal,team',
    cellsOf(
      groups.map((group) => cell(group, 1n)),
      0n,
    ),
  );
  expect(rows.map(({ goal, team }) => [goal, team])).toEqual([
    ['10', 'x'],
    ['9', 'x'],
    ['a', 'x'],
    ['a', 'y'],
    ['a', null],
    ['b', null],
    [null, 'x'],
    [null, null],
  ]);
});

test('one basis for the whole answer: the budget where the total has one, else the cost', () => {
  const cells = cellsOf([cell(['1'], 1_000_000n), cell(['2'], 1_000_000n, { municipal: true })], 300_000n);
  const budgeted = answer('theme', cells, [{ year: 2021, amount: '0.30', theme: '1' }]);
  expect(budgeted.rows).toMatchObject([
    { budget: '0.30', return: '3.0000', returnBasis: 'budget', cost: '0.30' },
    { budget: null, return: null, returnBasis: null, municipal: { return: null } },
  ]);
  expect(budgeted.total).toMatchObject({
    return: '6.0000',
    returnBasis: 'budget',
    municipal: { return: '3.0000' },
  });
  const costed = answer('theme', cells);
  expect(costed.rows[0]).toMatchObject({ budget: null, return: '3.0000', returnBasis: 'cost' });
  // A budget says nothing of goals: the total has none either, so that it compares with its rows.
  const byGoal = answer('goal', cells, [{ year: 2021, amount: '0.30' }]);
  expect(byGoal.total).toMatchObject({ budget: null, return: '3.0000', returnBasis: 'cost' });
});

test('a divisor of 0 gives no return', () => {
  const cells = cellsOf([cell([], 1_000_000n)], 0n);
  expect(answer('', cells).total).toMatchObject({ cost: '0.00', return: null, returnBasis: null });
  const budget = answer('', cells, [{ year: 2021, amount: '0.00' }]);
  expect(budget.total).toMatchObject({ budget: '0.00', return: null, returnBasis: null });
});

test('lines have no cost of their own; the total has', () => {
  const { rows, total } = answer('costBearer', cellsOf([cell(['gemeente'], 1_000_000n)], 450_000n), [
    { year: 2021, amount: '1.00' },
  ]);
  expect(rows[0]).toMatchObject({ cost: null, budget: null, return: null, returnBasis: null });
  expect(total).toMatchObject({ cost: '0.45', budget: null, return: '2.0000', returnBasis: 'cost' });
});

test('amounts stand in their year, and every list of years is as long as the longest', () => {
  const cells = cellsOf(
    [cell([], 1n), cell([], 2_000_000n, { yearly: true }), cell([], 3_000_000n, { yearly: true, year: 2 })],
    0n,
  );
  const { total, rows } = answer('', { ...cells, longest: 4 });
  expect(rows).toEqual([]);
  expect(total.gross).toEqual({
    ...{ oneOff: '0.00', yearlyFirstYear: '2.00', total: '5.00' },
    followingYears: ['0.00', '3.00', '0.00', '0.00'],
  });
  expect(
    answer('theme', { savings: [], cases: [], allCases: NOBODY, longest: 2, strata: undefined }).rows,
  ).toEqual([]);
});

test('both purses side by side: what pays society can cost the municipality', () => {
  const cells = cellsOf([cell([], 12_000_000n), cell([], 1_000_000n, { municipal: true })], 5_000_000n);
  const { total } = answer('', { ...cells, allCases: { ...NOBODY, cost: 5_000_000n } });
  // 13 € and 1 € × 0.9, less 5 €.
  expect(total.net).toEqual({ society: '6.70', municipality: '-4.10' });
  expect(total.breakEven).toEqual({ society: '1.0000', municipality: '0.0000' });
});

test('low and high stand around the total, in euros and as return', () => {
  const range = { low: 4_500_000n * 9000n, high: 30_000_000n * 9000n };
  const cells = cellsOf([cell([], 10_000_000n, { ...range, countedGross: 2_000_000n })], 9_000_000n);
  const { total } = answer('', cells);
  expect(total.range).toMatchObject({
    low: '4.05',
    high: '27.00',
    return: { low: '0.4500', high: '3.0000' },
  });
  expect(total.range.municipal).toMatchObject({ low: '0.00', high: '0.00' });
  expect(total.estimated).toEqual({ gross: '8.00', corrected: '0.00' });
  // Mid is exactly what was paid: the share of the triangle above it is (27 − 9) ÷ (27 − 4.05).
  expect(total.breakEven.society).toBe('0.7843');
});

test('the total takes a goal that stands in several groups as one stratum', () => {
  const sums = { registered: 2n, assessed: 1n, represented: 1n, cost: 0n };
  const value = 10n ** 10n;
  const saved = { weighted: value, weightedSquare: value ** 2n, counted: value, countedSquare: value ** 2n };
  const strata = ['1', '2'].map((month) => ({ group: [month], stratum: 'goal', ...sums, ...saved }));
  const cells = cellsOf([cell(['1'], 1_000_000n), cell(['2'], 1_000_000n)], 0n);
  const { rows, total } = answer('month', { ...cells, strata });
  expect(rows[0]?.sampling?.measured).toMatchObject({ strata: 1, unknownStrata: 1, reliable: false });
  expect(total.sampling?.declared).toBeNull();
  expect(total.sampling?.measured).toMatchObject({
    ...{ estimate: '4.00', low: '4.00', high: '4.00', strata: 1, unknownStrata: 0, reliable: true },
  });
});
