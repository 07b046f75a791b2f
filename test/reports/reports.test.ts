import { describe, expect, test } from 'vitest';
import { caveatsOf, unfitOf } from './caveats.ts';
import { filledDocuments, keptReports } from './documents.ts';
import { fillTables } from './fill-tables.ts';
import { type KeptReport, reportMarkdown, tableMarkdown } from './report.ts';

const table = (id: string, figure: string) => ({
  id,
  columns: [{ title: 'what' }, { title: 'ms', align: 'right' as const }],
  rows: [['a question', figure]],
  notes: ['Asked once.'],
});

const report: KeptReport = {
  name: 'bench-one',
  title: 'One',
  command: 'npm run bench -- --only one',
  seed: 7,
  versions: { Node: 'v24.0.0', PostgreSQL: '18.4' },
  tables: [table('one', '12'), table('two', '34')],
  measured: {},
  madeAt: '2026-01-02T03:04:05.000Z',
  commit: 'abc1234',
  machine: { cpu: 'a processor', cores: 4, memoryGb: 24, system: 'linux x64', load: 0.25 },
};

const document = `Before.

<!-- table one -->
<!-- end -->

Between.

<!-- table two -->
| old |
<!-- end -->

After.
`;

const ORIGIN =
  '`npm run bench -- --only one`, seed 7, 2026-01-02, at abc1234; a processor, 4 cores, 24 GB, linux x64, ' +
  'load 0.3; Node v24.0.0, PostgreSQL 18.4.';

describe('the tables of a document', () => {
  test('are those of the report, which says once where it was made', () => {
    expect(fillTables(document, [report])).toEqual({
      missing: [],
      text: `Before.

<!-- table one -->

| what       |  ms |
| ---------- | --: |
| a question |  12 |

Asked once.

<!-- end -->

Between.

<!-- table two -->

| what       |  ms |
| ---------- | --: |
| a question |  34 |

Asked once.

_${ORIGIN}_

<!-- end -->

After.
`,
    });
  });

  test('stay as they are when they are filled again', () => {
    const once = fillTables(document, [report]).text;
    expect(fillTables(once, [report]).text).toBe(once);
    const newer = { ...report, tables: [table('one', '99'), table('two', '34')] };
    expect(fillTables(once, [newer]).text).not.toBe(once);
  });

  test('that no report has do not hold up the others', () => {
    const { text, missing } = fillTables(document, [{ ...report, tables: [table('one', '12')] }]);
    expect(missing).toEqual(['two']);
    expect(text).toContain(`| a question |  12 |\n\nAsked once.\n\n_${ORIGIN}_\n`);
    expect(text).toContain('<!-- table two -->\n\n_Not measured: ');
    expect(text).not.toContain('| old |');
    expect(fillTables(text, [report])).toEqual(fillTables(document, [report]));
  });

  test.each([
    [
      'a table of two reports',
      [report, { ...report, name: 'other' }],
      document,
      /Several .* one: bench-one, other/,
    ],
    ['a comment without an end', [report], '<!-- table one -->\n', /must stand as/],
    ['a comment that is written otherwise', [report], '<!--table one-->\n<!-- end -->\n', /must stand as/],
  ])('are refused: %s', (_name, reports, text, message) => {
    expect(() => fillTables(text, reports)).toThrow(message);
  });

  test('stand in the report too', () => {
    const markdown = reportMarkdown(report);
    for (const one of report.tables) expect(markdown).toContain(tableMarkdown(one));
    expect(markdown).toContain(ORIGIN);
  });
});

describe('a report of a run that', () => {
  const faulty = { ...report, faults: ['lost 3\nevents', 'doubled 1'] };

  test('found faults says so above its tables, wherever they stand', () => {
    const told = '**✘ This run found 2 faults:**\n\n- lost 3 events\n- doubled 1\n\n| what';
    expect(reportMarkdown(faulty)).toContain(told);
    const { text } = fillTables(document, [faulty]);
    expect(text.split(told)).toHaveLength(3);
    expect(fillTables(text, [faulty]).text).toBe(text);
    expect(unfitOf(faulty)).toEqual(['its run found 2 faults']);
  });

  test.each([
    ['npm run faults -- --kinds all --minutes 60', 'abc1234', []],
    ['npm run faults -- --minutes 1 --kinds a,b', 'abc1234', [/a part of .*: --kinds a,b$/]],
    ['npm run cluster -- --only=upgrade', 'abc1234', [/: --only=upgrade$/]],
    ['npm run bench -- --only ingest --keep', 'abc1234', []],
    ['npm run bench -- --quick --keep', 'abc1234+', [/quick/, /in no commit/]],
  ])('was not the whole says so: %s, at %s', (command, commit, caveats) => {
    const found = caveatsOf({ command, commit });
    expect(found).toEqual(caveats.map((caveat) => expect.stringMatching(caveat)));
    for (const caveat of found) expect(reportMarkdown({ ...report, command, commit })).toContain(caveat);
    expect(unfitOf({ command })).toHaveLength(command.includes('quick') ? 1 : 0);
  });
});

test('no kept report is of a quick run, or tells of faults', () => {
  expect(keptReports().filter((kept) => unfitOf(kept).length > 0)).toEqual([]);
});

test('every document shows the kept reports as they are: npm run tables', () => {
  const different = filledDocuments().filter(({ text, filled }) => text !== filled);
  expect(different.map(({ name }) => name)).toEqual([]);
});

test('every table of the documents is in a kept report', () => {
  expect(filledDocuments().flatMap(({ missing }) => missing)).toEqual([]);
});

test('no table of the kept reports has the id of another', () => {
  const ids = keptReports().flatMap(({ tables }) => tables.map(({ id }) => id));
  expect(ids).toEqual([...new Set(ids)]);
});
