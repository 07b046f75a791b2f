import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientStack } from './client-stack.ts';
import { csvOf, MAPPING } from './exports.ts';

const stack = new ClientStack();
const casesOf = async (prefix: string) => {
  return (await stack.publishedEvents()).filter(({ data }) => data.caseId.startsWith(`${prefix}-`));
};
const importIn = (text: string): string => /Import ([0-9a-f-]{36})/.exec(text)?.[1] ?? '';

beforeAll(async () => {
  await stack.start();
  const mapping = stack.file('mapping.json', JSON.stringify(MAPPING));
  const put = await stack.runAs('local-admin', 'mapping', 'put', 'tests', mapping);
  expect(put).toMatchObject({ code: 0, out: expect.stringContaining('versie 1') });
});
afterAll(() => stack.end());

describe('a file without a mapping', () => {
  const given = ['--municipality', 'GM0394', '--organisation', 'meerwaarde', '--source', MAPPING.source];

  it('gets one proposed, with its first rows as they would be read, and is not taken', async () => {
    const file = stack.file('new.csv', csvOf('new', 12));
    const { code, out } = await stack.run('import', file, ...given);
    expect(code, out).toBe(0);
    expect(out).toMatch(/casusnummer +kolom Zaaknummer/);
    expect(out).toMatch(/\n2 +new-1 +2021-03-01 +3 +/);
    expect(out).toContain(`effectstroom mapping put CODE ${file}.mapping.json`);
    const proposal = JSON.parse(readFileSync(`${file}.mapping.json`, 'utf8'));
    expect(proposal).toMatchObject({
      organisation: 'meerwaarde',
      case: { caseId: { column: 'Zaaknummer' } },
    });
    expect(await casesOf('new')).toEqual([]);
  });

  it('does not lose a proposal that someone is working on', async () => {
    const file = stack.file('kept.csv', csvOf('kept', 1));
    stack.file('kept.csv.mapping.json', 'mine');
    const { code, err } = await stack.run('import', file, ...given);
    expect([code, err]).toEqual([1, expect.stringContaining('bestaat al')]);
    expect(readFileSync(`${file}.mapping.json`, 'utf8')).toBe('mine');
    expect((await stack.run('import', file, ...given, '--force')).code).toBe(0);
    expect(readFileSync(`${file}.mapping.json`, 'utf8')).not.toBe('mine');
  });
});

describe('a file with a mapping', () => {
  it('is checked by a dry run without anything being taken', async () => {
    const file = stack.file('trial.csv', csvOf('trial', 20));
    const { code, out } = await stack.run('import', file, '--mapping', 'tests', '--dry-run');
    expect([code, out]).toEqual([0, expect.stringContaining('20 aangenomen · 0 ongewijzigd · 0 geweigerd')]);
    expect(out).toContain('proefdraai');
    expect(await casesOf('trial')).toEqual([]);
  });

  it('is taken whole, and a second time changes nothing', async () => {
    const file = stack.file('whole.csv', csvOf('whole', 3_000));
    const first = await stack.run('import', file, '--mapping', 'tests');
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('3.000 aangenomen')]);
    const again = await stack.run('import', file, '--mapping', 'tests');
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 aangenomen · 3.000 ongewijzigd')]);
    const events = await casesOf('whole');
    expect([events.length, new Set(events.map(({ data }) => data.caseId)).size]).toEqual([3_000, 3_000]);
  });

  it('shows the rows that are refused, with their cells, and reports in three forms', async () => {
    const file = stack.file('partly.csv', csvOf('partly', 30, [3, 7]));
    const reports = ['html', 'csv', 'json'].map((kind) => join(stack.folder, `report.${kind}`));
    const [page = '', table = '', json = ''] = reports;
    const { code, out } = await stack.run('import', file, '--mapping', 'tests', '--report', page);
    expect([code, out]).toEqual([1, expect.stringContaining('28 aangenomen · 0 ongewijzigd · 2 geweigerd')]);
    expect(out).toMatch(/\n4 +B4 +Datum +\S/);
    expect(out).toMatch(/\n8 +B8 +Datum +\S/);
    expect(out).not.toContain('31-02-2021');
    for (const report of [table, json]) {
      expect((await stack.run('import', 'show', importIn(out), '--report', report)).code).toBe(1);
    }
    expect(readFileSync(page, 'utf8')).toContain('<html lang="nl">');
    expect(readFileSync(table, 'utf8').split('\r\n')).toHaveLength(32);
    const { rows } = JSON.parse(readFileSync(json, 'utf8'));
    expect(rows).toHaveLength(30);
    expect(rows.filter(({ status }: { status: string }) => status === 'refused')).toHaveLength(2);
    expect(reports.map((report) => statSync(report).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it('has its report whole in JSON when it takes several pages', async () => {
    const file = stack.file('pages.csv', csvOf('pages', 2_500));
    const report = join(stack.folder, 'pages.json');
    const { code } = await stack.run('import', file, '--mapping', 'tests', '--report', report);
    const { rows } = JSON.parse(readFileSync(report, 'utf8'));
    expect([code, rows.length, rows.at(-1).row]).toEqual([0, 2_500, 2_501]);
  });

  it('is listed, stopped and resumed', async () => {
    const file = stack.file('long.csv', csvOf('long', 60_000));
    const client = stack.launch(['import', file, '--mapping', 'tests']);
    await client.says('dit is import');
    const id = /import ([0-9a-f-]{36})/.exec(client.output)?.[1] ?? '';
    expect((await stack.run('import', 'stop', id)).code).toBe(0);
    const stopped = await client.ended;
    expect([stopped.code, stopped.out]).toEqual([1, expect.stringContaining('gestopt')]);
    const { out } = await stack.run('import', 'list');
    expect(out).toMatch(new RegExp(`^${id} .*gestopt .*long\\.csv$`, 'm'));
    const resumed = await stack.run('import', 'resume', id);
    expect([resumed.code, resumed.out]).toEqual([0, expect.stringContaining('60.000 aangenomen')]);
  });

  it('goes on at the server after Ctrl-C', async () => {
    const client = stack.launch([
      'import',
      stack.file('left.csv', csvOf('left', 60_000)),
      '--mapping',
      'tests',
    ]);
    await client.says('dit is import');
    client.kill('SIGINT');
    const { code, err } = await client.ended;
    const [, id = ''] = /effectstroom import stop (\S+)/.exec(err) ?? [];
    expect([code, err]).toEqual([1, expect.stringContaining('De import gaat door op de server')]);
    const { out } = await stack.run('import', 'list');
    expect(out).toMatch(new RegExp(`^${id} .*(wachtrij|gelezen|verwerkt|klaar)`, 'm'));
    await stack.run('import', 'stop', id);
  });

  it('is stopped at the server by Ctrl-C where that was asked', async () => {
    const file = stack.file('stopped.csv', csvOf('stopped', 60_000));
    const client = stack.launch(['import', file, '--mapping', 'tests', '--stop']);
    await client.says('dit is import');
    client.kill('SIGINT');
    const { code, out } = await client.ended;
    expect([code, out]).toEqual([1, expect.stringMatching(/: gestopt[\s\S]*effectstroom import resume/)]);
  });
});

describe('a file of all cases', () => {
  it('tells which have vanished, and withdraws them only when their number is confirmed', async () => {
    const source = `${MAPPING.source}:all`;
    const mapping = stack.file('all.json', JSON.stringify({ ...MAPPING, source }));
    expect((await stack.runAs('local-admin', 'mapping', 'put', 'all', mapping)).code).toBe(0);
    const full = (cases: number, ...flags: string[]) => {
      return stack.run(
        'import',
        stack.file('all.csv', csvOf('all', cases)),
        '--mapping',
        'all',
        '--full',
        ...flags,
      );
    };
    const withdrawn = async () => {
      const events = (await casesOf('all')).filter(({ type }) => type.endsWith('withdrawn'));
      return events.map(({ data }) => data.caseId).sort();
    };
    expect((await full(50)).code).toBe(0);
    const fewer = await full(47);
    expect([fewer.code, fewer.out]).toEqual([0, expect.stringContaining('3 casussen staan niet meer in')]);
    const unconfirmed = await full(47, '--withdraw-vanished');
    expect([unconfirmed.code, unconfirmed.out]).toEqual([1, expect.stringContaining('  all-48\n  all-49')]);
    const wrong = await stack.run('import', 'withdraw', importIn(unconfirmed.out), '--count', '2');
    expect([wrong.code, await withdrawn()]).toEqual([1, []]);
    const right = await full(47, '--withdraw-vanished', '--count', '3', '--reason', 'consent');
    expect([right.code, right.out]).toEqual([0, expect.stringContaining('✔ 3 casussen ingetrokken.')]);
    expect(await withdrawn()).toEqual(['all-48', 'all-49', 'all-50']);
  });
});

describe('what cannot be done is said with what to do', () => {
  const file = () => stack.file('some.csv', csvOf('some', 1));
  it.each([
    ['no key', { EFFECTSTROOM_KEY: '' }, 2, 'EFFECTSTROOM_KEY'],
    ['an unknown key', { EFFECTSTROOM_KEY: 'nobody' }, 1, 'kent deze sleutel niet (401)'],
    ['a key that only reads', { EFFECTSTROOM_KEY: 'local-read' }, 1, 'mag dit niet (403)'],
    ['no address', { EFFECTSTROOM_URL: 'here' }, 2, 'http:// of https://'],
  ])('%s', async (_what, env, code, says) => {
    const outcome = await stack.launch(['import', file(), '--mapping', 'tests'], env).ended;
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(says)]);
    expect(outcome.out).toBe('');
  });

  it('nobody there', async () => {
    const EFFECTSTROOM_URL = `http://127.0.0.1:${await freePort()}`;
    const { code, err } = await stack.launch(['import', file(), '--mapping', 'tests'], { EFFECTSTROOM_URL })
      .ended;
    expect([code, err]).toEqual([1, expect.stringContaining('er luistert niemand')]);
  });

  it('a mapping, file or import that is not there, and a file that is none', async () => {
    const says = async (...args: string[]) => {
      const { code, err } = await stack.run('import', ...args);
      return [code, err.trim()];
    };
    expect(await says(file(), '--mapping', 'other')).toEqual([1, expect.stringContaining('(404)')]);
    expect(await says('/nothing.csv', '--mapping', 'tests')).toEqual([
      1,
      '✘ /nothing.csv: dat bestaat niet.',
    ]);
    expect(await says(stack.folder, '--mapping', 'tests')).toEqual([
      1,
      expect.stringContaining('geen bestand'),
    ]);
    expect(await says(stack.file('empty.csv', ''), '--mapping', 'tests')).toEqual([
      1,
      expect.stringContaining('is leeg'),
    ]);
    expect(await says('show', 'c0ffee00-0000-4000-8000-000000000000')).toEqual([
      1,
      expect.stringContaining('(404)'),
    ]);
    expect(await says(file(), '--mapping', 'tests', '--report', 'report.pdf')).toEqual([
      2,
      expect.stringContaining('.html, .csv of .json'),
    ]);
  });

  it('a file that is no table fails with the reason', async () => {
    const { code, out } = await stack.run(
      'import',
      stack.file('junk.xlsx', 'PK\u0003\u0004 junk'),
      '--mapping',
      'tests',
    );
    expect([code, out]).toEqual([1, expect.stringMatching(/mislukt[\s\S]*reden/)]);
  });

  it('a report that cannot be written', async () => {
    const report = join(stack.folder, 'nothing', 'report.html');
    const { code, err } = await stack.run('import', file(), '--mapping', 'tests', '--report', report);
    expect([code, err]).toEqual([1, expect.stringContaining('dat bestaat niet')]);
    expect(existsSync(report)).toBe(false);
  });
});
