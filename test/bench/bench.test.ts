import { describe, expect, test } from 'vitest';
import { OptionFault } from '../reports/command-line.ts';
import { comparisonTable } from './comparison-table.ts';
import { PART_NAMES, readOptions } from './options.ts';
import { addProfile, groupOf, noTime } from './profile.ts';

describe('the command line', () => {
  test('asks for all parts, or for some in their order', () => {
    expect(readOptions([])).toMatchObject({ parts: PART_NAMES, rounds: 3, keep: false, profile: false });
    expect(readOptions(['--only', 'board,ingest', '--quick', '--profile'])).toMatchObject({
      ...{ parts: ['ingest', 'board'], keep: false, profile: true, events: 40_000 },
    });
    expect(readOptions(['--help'])).toBe('help');
  });

  test('keeps no report without the profiles that documents show', () => {
    expect(readOptions(['--keep'])).toMatchObject({ keep: true, profile: true });
  });

  test.each([
    [['--only', 'everything'], /--only knows ingest/],
    [['--only', ''], /not nothing/],
    [['--rounds', '0'], /from 1 to 20/],
    [['--events', '40050'], /multiple of 100/],
    [['--rows', '1e6'], /from 10000 to 5000000/],
    [['--import'], /Unknown option/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(OptionFault);
    expect(() => readOptions(args)).toThrow(message);
  });
});

test('a ratio is that of each round, and the middle one counts', () => {
  const row = { subject: 'ours', beside: 'theirs', kind: 'limit' as const, aim: { atLeast: 0.5 } };
  const { rows } = comparisonTable({
    ...{ id: 'a', unit: 'events/s', notes: [] },
    rows: [{ ...row, values: [10, 60, 30], besideValues: [100, 100, 50] }],
  });
  const shown = ['ours', '**30** (10–60)', 'limit', 'theirs', '**100** (50–100)'];
  const ratio = '**0.600** (0.100–0.600)';
  expect(rows).toEqual([[...shown, ratio, '≥ 0.5', '✔']]);
});

test('a profile is told by what the time belongs to', () => {
  const time = noTime();
  const frame = (id: number, functionName: string, url: string) => {
    return { id, callFrame: { functionName, url, lineNumber: 1 } };
  };
  addProfile(time, {
    nodes: [
      frame(1, '(idle)', ''),
      frame(2, '(garbage collector)', ''),
      frame(3, 'parse', ''),
      frame(4, 'compile', 'node:internal/modules/esm/loader'),
      frame(5, 'query', 'file:///x/node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js'),
    ],
    samples: [1, 2, 3, 4, 5, 5],
    timeDeltas: [100, 10, 20, 1_000, 30, 40],
  });
  expect(time).toMatchObject({ idle: 100, starting: 1_000, busy: 100 });
  expect(time.groups.get('library pg')).toBe(70);
  expect(time.functions.get('client.js query')).toBe(70);
  expect(groupOf(new URL('../../services/ingest/src/parse.ts', import.meta.url).href)).toBe(
    'services/ingest: parse.ts',
  );
});
