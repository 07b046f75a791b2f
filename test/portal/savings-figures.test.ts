import { DIMENSIONS, type Programme, parseSavingsQuery, type SavingsQuery } from '@effectstroom/contracts';
import { inSnapshot, readProgrammes, readSavings, TooManyCellsError } from '@effectstroom/database';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savingsAnswer } from '../../services/portal/src/savings/answer.ts';
import { followingYearsOf } from '../../services/portal/src/savings/following-years.ts';
import { questionOf } from '../../services/portal/src/savings/question.ts';
import { readPrices } from '../../services/portal/src/savings/read-prices.ts';
import { seededRandom } from '../scenarios/random.ts';
import { figureFaults, rowFaults } from './compare-figures.ts';
import {
  inventCases,
  inventPriceList,
  inventProgrammes,
  inventWithdrawal,
  MINUTES,
  momentOf,
  ORGANISATIONS,
} from './invented-cases.ts';
import { recompute } from './recomputation.ts';
import type { Question } from './recomputed-question.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';
import { writeInvented } from './write-invented.ts';

const random = seededRandom(7n);
const cases = [...inventCases(400, random), ...inventWithdrawal(random)];
const programmes = inventProgrammes();
const priceLists = [inventPriceList()];
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  await writeInvented(database.url, cases, programmes, priceLists);
}, 120_000);

afterAll(() => database?.stop());

const VALUES: Record<string, string[]> = {
  theme: ['1', '2', '10', 'unknown'],
  goal: ['1.1', '2.2'],
  workType: ['jongerenwerk', 'opbouwwerk'],
  targetGroup: ['adults', 'youth'],
  supportType: ['licht'],
  team: ['noord'],
  area: ['WK039401', 'BU03940102'],
  wellbeing: ['participation'],
  municipality: ['GM0001', 'GM0002'],
  organisation: [...ORGANISATIONS, 'westkant'],
  programme: ['main', 'gezinswerk'],
  costBearer: ['gemeente-jeugd', 'politie'],
  effect: ['school'],
  recurrence: ['one-off', 'yearly'],
  cashable: ['cash', 'none'],
  month: ['2020-02', '2021-12', '2022-02'],
  quarter: ['2020-Q1', '2021-Q4'],
  year: ['2020', '2021', '2022'],
};

const day = fc
  .oneof(
    fc.integer({ min: 0, max: 1800 }).map((days) => new Date(Date.UTC(2019, 6, 1) + days * 86_400_000)),
    fc.integer({ min: 0, max: 50 }).map((months) => new Date(Date.UTC(2019, 6 + months, 1))),
    fc.integer({ min: 0, max: 50 }).map((months) => new Date(Date.UTC(2019, 6 + months, 0))),
  )
  .map((date) => date.toISOString().slice(0, 10));

const filters = fc
  .subarray(Object.keys(VALUES), { maxLength: 2 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(VALUES[name] ?? []))]))),
  )
  .map((record) => record as Record<string, string>);

/** Dimensions that only settings and totals know come up more often than chance would have it. */
const groupBy: fc.Arbitrary<string[]> = fc.oneof(
  fc.shuffledSubarray<string>([...DIMENSIONS], { maxLength: 4 }),
  fc.shuffledSubarray([
    'theme',
    'workType',
    'organisation',
    'municipality',
    'programme',
    'year',
    'quarter',
    'month',
  ]),
  fc.constant<string[]>([]),
);

const question: fc.Arbitrary<Question> = fc
  .record({
    days: fc.tuple(day, day),
    view: fc.constantFrom('cohort' as const, 'calendar' as const),
    groupBy,
    filters: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: filters }),
    asOfMinute: fc.option(fc.integer({ min: 0, max: MINUTES }), { nil: undefined, freq: 2 }),
    prices: fc.constantFrom(undefined, '2019-12-31', '2021-12-31', '2022-01-01'),
    organisations: fc.option(fc.subarray([...ORGANISATIONS], { minLength: 1 }), { nil: undefined, freq: 2 }),
  })
  .map(({ days, ...rest }) => {
    const [from = '', to = ''] = days.sort();
    return { from, to, ...rest };
  });

function checked({ from, to, view, groupBy, filters, asOfMinute, prices = '' }: Question): SavingsQuery {
  return parseSavingsQuery({
    ...filters,
    from,
    to,
    ...{ view, prices },
    groupBy: groupBy.join(','),
    ...(asOfMinute === undefined ? {} : { asOf: momentOf(asOfMinute) }),
  });
}

async function answer(asked: Question, ledgerOnly: boolean) {
  const query = checked(asked);
  const { organisations } = asked;
  const { municipality, organisation, programme } = query.filters;
  return inSnapshot(database.db, async (tx) => {
    const scope = { municipality, organisation, programme, organisations, asOf: query.asOf };
    const found = (await readProgrammes(tx, scope)).map(({ body }) => body as Programme);
    const followingYears = followingYearsOf(found, query);
    const limits = { cellsMax: 100_000, strataMax: 100_000 };
    const question = questionOf(query, organisations);
    const cells = await readSavings(tx, question, { ...limits, longestAtLeast: followingYears, ledgerOnly });
    const { prices: day, asOf } = query;
    const ofPrices = { question, programmes: found, asOf, cellsMax: limits.cellsMax };
    const priced = day === undefined ? undefined : await readPrices(tx, { ...ofPrices, day });
    const completeness = { complete: true, missing: [] };
    const rest = { followingYears, asOf: null, organisations, completeness, priced };
    return savingsAnswer({ query, cells, programmes: found, ...rest });
  });
}

test('every figure equals an independent recomputation, for random questions', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const { basis, rows, total } = await answer(asked, false);
      const expected = recompute(cases, programmes, asked, priceLists);
      expect(basis.followingYears).toBe(expected['followingYears']);
      expect(rowFaults(rows, expected['rows'])).toEqual([]);
      expect(figureFaults(total, expected['total'])).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('the running totals and the ledger give the same answer, of now and of then', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      expect(await answer(asked, false)).toEqual(await answer(asked, true));
    }),
    { numRuns: 200 },
  );
});

test('a long line that was withdrawn leaves no empty years', async () => {
  const asked: Question = {
    ...{ from: '2021-01-01', to: '2021-12-31', view: 'cohort', groupBy: ['theme'] },
    ...{ filters: { organisation: 'westkant' }, asOfMinute: undefined, organisations: undefined },
  };
  expect((await answer(asked, false)).total.gross.followingYears).toHaveLength(2);
  const then = await answer({ ...asked, asOfMinute: 1 }, false);
  expect(then.total.gross.followingYears).toHaveLength(39);
});

test('more groups than an answer may hold are refused, not cut off', async () => {
  const options = { cellsMax: 10, longestAtLeast: 2 };
  const query = parseSavingsQuery({ from: '2020-01-01', to: '2021-12-31', groupBy: 'month' });
  const reading = inSnapshot(database.db, (tx) => readSavings(tx, questionOf(query, undefined), options));
  await expect(reading).rejects.toThrow(TooManyCellsError);
});
