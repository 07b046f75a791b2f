import { expect, test } from 'vitest';
import { FaultsError } from '../fault.ts';
import { writePath } from './explain-path.ts';
import { parseExplainQuery } from './explain-query.ts';

const YEAR = { from: '2021-01-01', to: '2021-12-31' };

function faultsOf(query: Record<string, string>): string[] {
  try {
    parseExplainQuery({ ...YEAR, ...query });
    return [];
  } catch (error) {
    if (error instanceof FaultsError) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
}

test('a walk is read whole', () => {
  const path = 'municipality:GM0394,goal:,case:meerwaarde/c:1,line:2,lineYear:0';
  const query = parseExplainQuery({ ...YEAR, team: 'noord', figure: 'gross', path, limit: '7' });
  expect(query).toMatchObject({
    question: { ...YEAR, groupBy: [], filters: { team: 'noord' } },
    ...{ figure: 'gross', by: undefined, cursor: undefined, limit: 7 },
    path: [
      { level: 'municipality', value: 'GM0394' },
      { level: 'goal', value: null },
      { level: 'case', value: 'meerwaarde/c:1' },
      { level: 'line', value: '2' },
      { level: 'lineYear', value: '0' },
    ],
  });
  expect(writePath(query.path)).toBe(path);
  expect(parseExplainQuery({ ...YEAR, path: '' })).toMatchObject({
    figure: 'corrected',
    path: [],
    limit: 100,
  });
});

test('every fault is named', () => {
  expect(faultsOf({ path: 'nothing:1,theme:,month:2021-13,theme:3', by: 'week', limit: '0' })).toEqual([
    ...['/by enum', '/limit format', '/path enum', '/path required', '/path format', '/path duplicate'],
  ]);
  expect(faultsOf({ groupBy: 'theme', prices: '2024-01-01', to: '2020-01-01' })).toEqual([
    ...['/to range', '/groupBy not-allowed', '/prices not-allowed'],
  ]);
});

test('steps stand where they can be taken', () => {
  expect(faultsOf({ path: 'line:1' })).toEqual(['/path not-allowed']);
  expect(faultsOf({ path: 'case:a/b,lineYear:0' })).toEqual(['/path not-allowed']);
  expect(faultsOf({ path: 'case:a/b,theme:3' })).toEqual(['/path not-allowed']);
  expect(faultsOf({ path: 'case:a/b/c' })).toEqual(['/path format']);
  expect(faultsOf({ path: 'theme:3', theme: '3' })).toEqual(['/path duplicate']);
  expect(faultsOf({ path: 'theme:3', by: 'theme' })).toEqual(['/by duplicate']);
  expect(faultsOf({ path: 'case:a/b', by: 'theme' })).toEqual(['/by not-allowed']);
});

test('what a case costs has no lines', () => {
  for (const query of [{ by: 'effect' }, { path: 'costBearer:politie' }, { effect: 'school' }])
    expect(faultsOf({ figure: 'cost', ...query })).toEqual(['/figure not-allowed']);
  expect(faultsOf({ figure: 'cost', path: 'case:a/b,line:1' })).toEqual(['/figure not-allowed']);
  expect(faultsOf({ figure: 'cost', path: 'case:a/b' })).toEqual([]);
});
