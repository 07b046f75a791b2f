import {
  type Compared,
  type ComparedFigures,
  type ComparedPart,
  type Comparison,
  DIMENSIONS,
  parseCompareQuery,
  parseSavingsQuery,
  type Savings,
  type SavingsFigures,
} from '@effectstroom/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerComparison } from '../../services/portal/src/compare/read-comparison.ts';
import { answerSavings } from '../../services/portal/src/savings/read-savings.ts';
import { MINUTES, momentOf, ORGANISATIONS } from '../portal/invented-cases.ts';
import { startTestDatabase, type TestDatabase } from '../portal/test-database.ts';
import { seededRandom } from '../scenarios/random.ts';
import { inventMoves, inventVersions } from './invented-moves.ts';
import { type Asked, amountsIn, casesIn } from './recomputed-comparison.ts';
import { type Purses, pricesAt, recomputePeriods } from './recomputed-periods.ts';
import { writeMoves } from './write-moves.ts';

const versions = inventVersions();
const moves = inventMoves(400, versions.length, seededRandom(11n));
const NAMES = ['gross', 'corrected', 'municipalGross', 'municipal'] as const;
const RUNS = Number(process.env['COMPARE_RUNS'] ?? 120);
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  await writeMoves(database.url, moves, versions);
}, 120_000);

afterAll(() => database?.stop());

const day = fc
  .oneof(
    fc.integer({ min: 0, max: 1800 }).map((days) => new Date(Date.UTC(2019, 6, 1) + days * 86_400_000)),
    fc.integer({ min: 0, max: 50 }).map((months) => new Date(Date.UTC(2019, 6 + months, 1))),
    fc.integer({ min: 0, max: 50 }).map((months) => new Date(Date.UTC(2019, 6 + months, 0))),
  )
  .map((date) => date.toISOString().slice(0, 10));
const period = fc.tuple(day, day).map((days) => days.sort());
const minute = fc.integer({ min: 0, max: MINUTES });
const VALUES: Record<string, string[]> = {
  ...{ theme: ['1', '2'], goal: ['1.1'], team: ['noord'], municipality: ['GM0001'], programme: ['main'] },
  ...{ organisation: [...ORGANISATIONS], costBearer: ['gemeente-jeugd', 'politie'], recurrence: ['yearly'] },
};
const filters = fc
  .subarray(Object.keys(VALUES), { maxLength: 2 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(VALUES[name] ?? []))]))),
  )
  .map((record) => record as Record<string, string>);
const organisations = fc.option(fc.subarray([...ORGANISATIONS], { minLength: 1 }), {
  nil: undefined,
  freq: 2,
});
const groupBy = fc.shuffledSubarray<string>([...DIMENSIONS], { maxLength: 3 });
const asked = fc
  .record({
    days: period,
    view: fc.constantFrom('cohort' as const, 'calendar' as const),
    groupBy,
    filters,
    organisations,
  })
  .map(({ days: [from = '', to = ''], ...rest }): Asked => ({ from, to, ...rest }));

function compare({ organisations, filters, groupBy, ...rest }: Asked, more: Record<string, string>) {
  const query = parseCompareQuery({ ...rest, ...filters, groupBy: groupBy.join(), ...more });
  const sides = { before: query.beforeAsOf ?? query.after.asOf, after: query.after.asOf };
  return answerComparison(database.db, query, sides, organisations);
}

function savings(
  { organisations, filters, groupBy, ...rest }: Asked,
  asOf: string | undefined,
): Promise<Savings> {
  const moment = asOf === undefined ? {} : { asOf };
  const query = parseSavingsQuery({ ...rest, ...filters, groupBy: groupBy.join(), ...moment });
  return answerSavings(database.db, query, organisations);
}

/** In the units of the exact amounts. */
function units(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

function exactOf(one: { exact: ComparedFigures['exact'] }): Purses {
  return {
    gross: units(one.exact.gross),
    corrected: units(one.exact.corrected),
    municipalGross: units(one.exact.municipal.gross),
    municipal: units(one.exact.municipal.corrected),
  };
}

function expectToAddUp({ before, after, difference, parts }: Compared): void {
  for (const name of NAMES) {
    const moved = exactOf(after)[name] - exactOf(before)[name];
    expect(exactOf(difference)[name]).toBe(moved);
    expect(parts.reduce((sum, part) => sum + exactOf(part)[name], 0n)).toBe(moved);
  }
  for (const count of ['registered', 'assessed', 'represented'] as const)
    expect(difference.cases[count]).toBe(after.cases[count] - before.cases[count]);
}

/** One side of a comparison says what `GET /v1/savings` says. */
function expectFigures(side: ComparedFigures, figures: SavingsFigures | undefined): void {
  const { cases, gross, corrected, municipal } = side;
  expect({ cases, gross, corrected, municipal }).toEqual({
    cases: figures?.cases ?? { registered: 0, assessed: 0, represented: 0 },
    gross: figures?.gross.total ?? '0.00',
    corrected: figures?.corrected.total ?? '0.00',
    municipal: {
      gross: figures?.municipal.gross ?? '0.00',
      corrected: figures?.municipal.corrected ?? '0.00',
    },
  });
}

function nameOf(row: object, groupBy: readonly string[]): string {
  return JSON.stringify(groupBy.map((name) => (row as Record<string, string | null>)[name] ?? null));
}

function expectSide(
  comparison: Comparison,
  side: 'before' | 'after',
  answer: Savings,
  groupBy: string[],
): void {
  const rows = new Map(answer.rows.map((row) => [nameOf(row, groupBy), row]));
  for (const row of comparison.rows) expectFigures(row[side], rows.get(nameOf(row, groupBy)));
  const there = new Set(comparison.rows.map((row) => nameOf(row, groupBy)));
  expect([...rows.keys()].filter((name) => !there.has(name))).toEqual([]);
  expectFigures(comparison.total[side], answer.total);
}

const sumOf = (atoms: ReturnType<typeof amountsIn>): Purses => ({
  gross: atoms.reduce((sum, atom) => sum + atom.gross, 0n),
  corrected: atoms.reduce((sum, atom) => sum + atom.corrected, 0n),
  municipalGross: atoms.reduce((sum, atom) => sum + (atom.line?.municipal === true ? atom.gross : 0n), 0n),
  municipal: atoms.reduce((sum, atom) => sum + (atom.line?.municipal === true ? atom.corrected : 0n), 0n),
});

/** Entries that start and stop, less the pairs of both that one cause made: these changed. */
function movesOf(cases: ReturnType<typeof casesIn>): ComparedPart['cases'] {
  const causes = Map.groupBy(cases, ({ move }) => (move.isSettings ? move.cause : undefined));
  const moves = { started: 0, stopped: 0, changed: 0 };
  for (const all of causes.values()) {
    const plus = all.filter(({ move }) => move.sign > 0).length;
    const pairs = Math.min(plus, all.length - plus);
    moves.started += plus - pairs;
    moves.stopped += all.length - plus - pairs;
    moves.changed += pairs;
  }
  return moves;
}

const moments = fc
  .tuple(minute, fc.option(minute, { nil: undefined, freq: 3 }))
  .map(([one, other]): [number, number | undefined] =>
    other === undefined || one <= other ? [one, other] : [other, one],
  );

test('between two moments: parts are the ledger by part, and lead from one answer of savings to the other', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(asked, moments, async (question, [first, last]) => {
      const beforeAsOf = momentOf(first);
      const asOf = last === undefined ? undefined : momentOf(last);
      const comparison = await compare(question, { beforeAsOf, ...(asOf === undefined ? {} : { asOf }) });
      expectSide(comparison, 'before', await savings(question, beforeAsOf), question.groupBy);
      expectSide(comparison, 'after', await savings(question, asOf), question.groupBy);
      const between = moves.filter((move) => move.minute > first && move.minute <= (last ?? MINUTES));
      const atoms = amountsIn(between, question);
      const cases = casesIn(between, question);
      const all = casesIn(between, { ...question, groupBy: [] });
      const check = (
        compared: Compared,
        isIn: (one: { group: string }) => boolean,
        counted: typeof cases,
      ) => {
        expectToAddUp(compared);
        for (const { part, cases: count, causes = [], ...part_ } of compared.parts) {
          expect(exactOf(part_)).toEqual(sumOf(atoms.filter((one) => one.move.part === part && isIn(one))));
          const own = counted.filter(({ move }) => move.part === part);
          expect(count).toEqual(movesOf(own));
          expect(causes.length).toBeLessThanOrEqual(10);
        }
      };
      for (const row of comparison.rows) {
        const name = nameOf(row, question.groupBy);
        check(
          row,
          ({ group }) => group === name,
          cases.filter(({ group }) => group === name),
        );
      }
      check(comparison.total, () => true, all);
    }),
    { numRuns: RUNS },
  );
});

test('between two periods: parts are an independent recomputation, sides are answers of savings', {
  timeout: 300_000,
}, async () => {
  const known = fc.option(minute, { nil: undefined, freq: 2 });
  await fc.assert(
    fc.asyncProperty(asked, period, known, known, async (question, [from = '', to = ''], first, last) => {
      // Time stands apart: months of both periods stand beside each other.
      const groupBy = question.groupBy.filter((name) => !['month', 'quarter', 'year'].includes(name));
      const after = { ...question, groupBy };
      const before = { ...after, from, to };
      const [earlier, later] = [first ?? last, last].map((one) =>
        one === undefined ? undefined : momentOf(one),
      );
      const comparison = await compare(after, {
        ...{ beforeFrom: from, beforeTo: to },
        ...(first === undefined ? {} : { beforeAsOf: momentOf(first) }),
        ...(last === undefined ? {} : { asOf: momentOf(last) }),
      });
      expectSide(comparison, 'before', await savings(before, earlier), groupBy);
      expectSide(comparison, 'after', await savings(after, later), groupBy);
      const sideOf = (side: Asked, asOf: number | undefined) => {
        const seen = moves.filter((move) => move.minute <= (asOf ?? MINUTES));
        const atoms = amountsIn(seen, side);
        return { atoms, cases: casesIn(seen, side), all: casesIn(seen, { ...side, groupBy: [] }) };
      };
      const [one, other] = [sideOf(before, first ?? last), sideOf(after, last)];
      const priceOf = pricesAt(versions, to, first ?? last ?? MINUTES);
      const check = (compared: Compared, name: string | undefined) => {
        expectToAddUp(compared);
        const only = ({ atoms, cases, all }: typeof one) => ({
          atoms: atoms.filter(({ group }) => name === undefined || group === name),
          cases: name === undefined ? all : cases.filter(({ group }) => group === name),
        });
        const { parts, repriced } = recomputePeriods({ before: only(one), after: only(other), priceOf });
        expect(compared.parts.map(exactOf)).toEqual(parts);
        const constant = compared.atConstantPrices;
        expect(constant === null ? null : exactOf(constant)).toEqual(sumOf(repriced));
      };
      for (const row of comparison.rows) check(row, nameOf(row, groupBy));
      check(comparison.total, undefined);
    }),
    { numRuns: RUNS },
  );
});

test('months of both periods stand beside each other, and their parts add up too', async () => {
  const year = { from: '2021-01-01', to: '2021-12-31', view: 'cohort', groupBy: ['month'] } as const;
  const question: Asked = { ...year, groupBy: ['month'], filters: {}, organisations: undefined };
  const comparison = await compare(question, { against: 'year-before' });
  const before = await savings({ ...question, from: '2020-01-01', to: '2020-12-31' }, undefined);
  expect(comparison.rows.map(({ month }) => month)).toHaveLength(12);
  for (const row of comparison.rows) {
    expectToAddUp(row);
    expectFigures(
      row.before,
      before.rows.find(({ month }) => month === row.month?.replace('2021', '2020')),
    );
  }
});
