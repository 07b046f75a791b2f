import type { Dimension, View } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { judge, type MunicipalGroup } from './judge.ts';
import { closed, partsOf } from './lattice.ts';
import { checkPublicQuestion } from './public-question.ts';
import { riskOf } from './risk.ts';

const LIMITS = { fewerThan: 5, dominancePercent: 80 };

function counts(cases: number, sum = cases * 100, square = cases * 10_000) {
  return { handled: BigInt(cases), cases: BigInt(cases), sum: BigInt(sum), square: BigInt(square) };
}

/** Groups of cases that save the same, each written `theme team: cases`. */
function groupsOf(table: Record<string, number>, municipality = 'GM0001'): MunicipalGroup[] {
  return Object.entries(table).map(([names, cases]) => ({
    ...{ municipality, values: names.split(' '), divided: [], counts: counts(cases) },
  }));
}

function marks(groupBy: Dimension[], groups: MunicipalGroup[], filters = {}) {
  const judgement = judge({ view: 'cohort' as View, groupBy, filters }, groups, LIMITS);
  const rows = new Map(groups.map(({ values }) => [values.join(' '), judgement.row(values)]));
  return { ...Object.fromEntries(rows), total: judgement.total };
}

describe('a group is at risk', () => {
  it.each([
    ['of four cases', counts(4), 'few-cases'],
    ['of five cases', counts(5), undefined],
    ['of one case that saves 90 %', counts(9, 1000, 900 * 900 + 8 * 12 * 12), 'dominated'],
    ['of one case that saves 70 %', counts(9, 1000, 700 * 700 + 8 * 37 * 37), undefined],
    ['of which one of five is assessed', { ...counts(1), handled: 5n }, 'few-cases'],
    ['of registered cases only', { ...counts(0), handled: 5n }, undefined],
    ['that saves nothing', counts(6, 0, 0), undefined],
  ])('%s', (_what, group, risk) => {
    expect(riskOf(group, LIMITS)).toBe(risk);
  });

  it('never by settings that show everything', () => {
    expect(riskOf(counts(1), { fewerThan: 1, dominancePercent: 100 })).toBeUndefined();
  });
});

describe('what is suppressed beside it', () => {
  it('is the next smallest group, so that the total tells neither', () => {
    expect(marks(['theme'], groupsOf({ 1: 2, 2: 5, 3: 6 }))).toEqual({
      ...{ 1: 'few-cases', 2: 'complement', 3: undefined, total: undefined },
    });
  });

  it('is nothing where small groups hide each other', () => {
    expect(marks(['theme'], groupsOf({ 1: 2, 2: 3, 3: 6 }))).toMatchObject({
      3: undefined,
      total: undefined,
    });
  });

  it('are all groups where less does not hide them', () => {
    expect(marks(['theme'], groupsOf({ 1: 2, 2: 6 }))).toEqual({
      ...{ 1: 'few-cases', 2: 'complement', total: undefined },
    });
  });

  it('hides in every direction: by theme and by team', () => {
    const table = {
      '1 a': 2,
      '1 b': 8,
      '1 c': 20,
      '2 a': 30,
      '2 b': 30,
      '2 c': 30,
      '3 a': 9,
      '3 b': 20,
      '3 c': 20,
    };
    expect(marks(closed(['team', 'theme']), swapped(groupsOf(table)))).toEqual({
      ...{ 'a 1': 'few-cases', 'b 1': 'complement', 'c 1': undefined },
      ...{ 'a 2': undefined, 'b 2': undefined, 'c 2': undefined },
      ...{ 'a 3': 'complement', 'b 3': 'complement', 'c 3': undefined, total: undefined },
    });
  });

  it('lies inside what is suppressed, though it is large', () => {
    const table = {
      '1 a': 2,
      '2 a': 6,
      '2 b': 6,
      '2 c': 6,
      '3 a': 30,
      '3 b': 30,
      '3 c': 30,
      '4 b': 30,
      '4 c': 30,
    };
    expect(marks(closed(['team', 'theme']), swapped(groupsOf(table)))).toMatchObject({
      ...{ 'a 1': 'few-cases', 'a 2': 'complement', 'b 2': 'complement', 'c 2': 'complement' },
      // The rest of a team is not left alone with it.
      ...{ 'a 3': undefined, 'b 3': 'complement', 'c 3': 'complement' },
    });
  });

  it('is what lies across municipalities, where one of them is small: the others tell themselves', () => {
    const small = [...groupsOf({ 1: 9 }), ...groupsOf({ 1: 3 }, 'GM0002')];
    expect(marks([], small).total).toBe('complement');
    const two = [...small, ...groupsOf({ 1: 4 }, 'GM0003')];
    expect(marks([], two).total).toBeUndefined();
    expect(
      judge({ view: 'cohort', groupBy: ['municipality'], filters: {} }, two, LIMITS).row(['GM0001']),
    ).toBeUndefined();
  });
});

describe('suppressed rows are listed', () => {
  const isListed = (table: Record<string, number>) => {
    const question = { view: 'cohort' as const, groupBy: closed(['team', 'theme']), filters: {} };
    return judge(question, swapped(groupsOf(table)), LIMITS).isListed(['noord', '1']);
  };

  it('where that tells nothing more', () => {
    expect(isListed({ '1 noord': 2, '1 zuid': 20, '2 noord': 20, '2 zuid': 20 })).toBe(true);
  });

  it('but not where a team is a theme but for two cases', () => {
    expect(isListed({ '1 noord': 20, '1 zuid': 2, '2 zuid': 20, '2 west': 20 })).toBe(false);
  });

  it('nor where it takes too long to know', () => {
    const themes = Array.from({ length: 201 }, (_, theme) => [
      [`${theme} noord`, 3],
      [`${theme} zuid`, 3],
    ]).flat();
    expect(isListed(Object.fromEntries(themes))).toBe(false);
  });
});

/** From theme and team to team and theme, the order of the dimensions. */
function swapped(groups: MunicipalGroup[]): MunicipalGroup[] {
  return groups.map((group) => ({ ...group, values: group.values.toReversed() }));
}

describe('the tables that a question is compared with', () => {
  it('tell of a goal its theme, of a month its quarter and year', () => {
    expect(closed(['month', 'goal', 'municipality'])).toEqual(['goal', 'month', 'quarter', 'theme', 'year']);
    expect(partsOf(closed(['goal', 'team'])).map((part) => part.join())).toEqual([
      ...['', 'team', 'theme', 'goal,theme', 'team,theme', 'goal,team,theme'],
    ]);
  });
});

describe('a question without detail', () => {
  const year = { from: '2021-01-01', to: '2021-12-31', view: 'cohort' as const, groupBy: [], filters: {} };
  it.each([
    ['whole months', {}, []],
    ['a leap month', { from: '2024-02-01', to: '2024-02-29' }, []],
    ['other days', { from: '2021-01-02', to: '2021-12-30' }, ['/from', '/to']],
    [
      'four dimensions and a municipality',
      { groupBy: ['theme', 'team', 'area', 'municipality'] as Dimension[], filters: { costBearer: 'x' } },
      [],
    ],
    [
      'five dimensions',
      { groupBy: ['theme', 'team', 'area', 'effect'] as Dimension[], filters: { costBearer: 'x' } },
      ['/groupBy'],
    ],
  ])('%s', (_what, changes, pointers) => {
    expect(faultsOf(() => checkPublicQuestion({ ...year, ...changes }))).toEqual(pointers);
  });
});

function faultsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    const faults: { pointer: string }[] = Reflect.get(Object(error), 'faults');
    return faults.map(({ pointer }) => pointer);
  }
}
