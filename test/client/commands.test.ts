import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue, repository } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessed, registered } from '../ingest/sent-events.ts';
import { Client, ClientStack } from './client-stack.ts';
import { MAPPING } from './exports.ts';

const stack = new ClientStack();
const WRAPPER = join(repository, 'infra/effectstroom.mjs');
const COMMANDS = ['import', 'watch', 'mapping', 'prices', 'check', 'keys', 'resident-key'];

const nextYear = () => `${new Date().getFullYear() + 1}-12-31`;

beforeAll(() => stack.start());
afterAll(() => stack.end());

describe('help', () => {
  it('is there for all and for each command', async () => {
    const { code, out } = await stack.run('--help');
    expect(code).toBe(0);
    for (const command of COMMANDS) {
      expect(out).toContain(`\n  ${command} `);
      const help = await stack.run(command, '--help');
      expect([help.code, help.out]).toEqual([0, expect.stringMatching(/^Gebruik:/)]);
      expect(Math.max(...help.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });

  it.each([
    [['fly']],
    [['import']],
    [['keys', 'lose']],
    [['mapping']],
    [['watch', '.']],
    [['check', 'a', 'b']],
  ])('is pointed at when %j is asked', async (args) => {
    const { code, out, err } = await stack.run(...args);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/--help/)]);
  });
});

describe('mapping', () => {
  it('is put, again without change, and got back', async () => {
    const file = stack.file('mapping.json', JSON.stringify(MAPPING));
    const put = (...args: string[]) => stack.runAs('local-admin', 'mapping', 'put', ...args);
    expect((await put('tests', file)).out).toContain('versie 1');
    expect((await put('tests', file)).out).toContain('versie 1');
    expect(
      (await put('tests', stack.file('other.json', JSON.stringify({ ...MAPPING, name: 'Ander' })))).out,
    ).toContain('versie 2');
    expect((await stack.run('mapping', 'list')).out).toMatch(/^tests +2 +meerwaarde +Ander/m);
    expect(JSON.parse((await stack.run('mapping', 'get', 'tests', '--version', '1')).out).name).toBe(
      MAPPING.name,
    );
    const out = join(stack.folder, 'got.json');
    expect((await stack.run('mapping', 'get', 'tests', '--out', out)).code).toBe(0);
    expect((await put('copy', out)).code).toBe(1);
    expect((await stack.run('mapping', 'get', 'tests', '--out', out)).err).toContain('dat bestaat al');
  });

  it('that is wrong is refused with every fault', async () => {
    const file = stack.file('wrong.json', JSON.stringify({ ...MAPPING, rows: 'sheet', colour: 'red' }));
    const { code, err } = await stack.runAs('local-admin', 'mapping', 'put', 'wrong', file);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/\/rows: [\s\S]*\/colour: Dit veld bestaat niet|\/colour[\s\S]*\/rows/),
    ]);
    const { err: forbidden } = await stack.run('mapping', 'put', 'wrong', file);
    expect(forbidden).toContain('(403)');
  });
});

describe('check', () => {
  it('tells all faults of an event or a list, and takes nothing', async () => {
    const right = stack.file('right.json', JSON.stringify(assessed()));
    expect(await stack.run('check', right)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Geen fouten'),
    });
    const wrong = stack.file(
      'wrong.json',
      JSON.stringify([registered(), registered({ theme: '?', colour: 'x' })]),
    );
    const { code, out } = await stack.run('check', wrong);
    expect([code, out]).toEqual([1, expect.stringContaining('2 fouten')]);
    expect(out).toMatch(/nr\. 2 \/data\/colour: Dit veld bestaat niet/);
    const text = stack.file('text.json', 'no JSON');
    expect((await stack.run('check', text)).code).toBe(1);
    expect(await stack.publishedEvents()).toEqual([]);
  });
});

describe('keys', () => {
  const admin = (...args: string[]) => stack.runAs('local-admin', 'keys', ...args);
  const rights = [
    '--scope',
    'ingest',
    '--organisation',
    'meerwaarde',
    '--source',
    'urn:nld:kvknr:41224547:*',
  ];

  it('are made, listed, rotated and revoked; the text of one is alone on the output', async () => {
    const made = await admin('create', '--name', 'RegiX', ...rights, '--expires', nextYear());
    expect([made.code, made.out], made.err).toEqual([0, expect.stringMatching(/^efs_\S+\n$/)]);
    const [, id = ''] = /Sleutel (\S+) \(RegiX\)/.exec(made.err) ?? [];
    const works = (key: string) => stack.runAs(key.trim(), 'mapping', 'list');
    expect(await becomesTrue(async () => (await works(made.out)).code === 0, 20_000)).toBe(true);
    expect((await admin('list')).out).toMatch(new RegExp(`^${id} +RegiX +actief`, 'm'));
    const out = join(stack.folder, 'key');
    const rotated = await admin('rotate', id, '--overlap-hours', '0', '--out', out);
    expect([rotated.code, rotated.out]).toEqual([0, '']);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const withFile = () =>
      stack.launch(['mapping', 'list', '--key-file', out], { EFFECTSTROOM_KEY: '' }).ended;
    expect(await becomesTrue(async () => (await withFile()).code === 0, 20_000)).toBe(true);
    expect((await works(made.out)).err).toContain('(401)');
    expect((await admin('revoke', id)).code).toBe(0);
    expect(await becomesTrue(async () => (await withFile()).code === 1, 20_000)).toBe(true);
    expect((await admin('list')).out).toMatch(new RegExp(`^${id} +RegiX +ingetrokken`, 'm'));
  });

  it('that cannot be made leave no file behind', async () => {
    const out = join(stack.folder, 'nothing');
    const refused = await stack.run('keys', 'create', '--name', 'x', ...rights, '--out', out);
    expect([refused.code, refused.err, existsSync(out)]).toEqual([
      1,
      expect.stringContaining('(403)'),
      false,
    ]);
    expect((await admin('create', '--name', 'x')).code).toBe(2);
    expect((await admin('create', '--name', 'x', ...rights, '--expires', 'ooit')).code).toBe(2);
  });
});

describe('resident-key', () => {
  it('adds a version to the secret, without a server', async () => {
    const file = stack.file('secret', 'a secret of tests, of enough bytes\n');
    const env = { EFFECTSTROOM_KEY: '', EFFECTSTROOM_URL: '' };
    const { code, out } = await stack.launch(['resident-key', 'rotate', file], env).ended;
    expect([code, out]).toEqual([0, expect.stringContaining('Versie 2')]);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^1 a secret of tests, of enough bytes\n2 \S{44}\n$/);
    expect(out).not.toContain(text.split(' ').at(-1)?.trim());
  });
});

describe('infra/effectstroom.mjs', () => {
  it('takes file names from where it is called, also under npm', () => {
    const file = stack.file('here/event.json', JSON.stringify(assessed()));
    const options = { cwd: join(file, '..'), encoding: 'utf8', env: stack.environment } as const;
    expect(spawnSync(process.execPath, [WRAPPER, 'check', 'event.json'], options).status).toBe(0);
    const env = { ...stack.environment, INIT_CWD: options.cwd };
    const under = spawnSync(process.execPath, [WRAPPER, 'check', 'event.json'], {
      ...options,
      env,
      cwd: repository,
    });
    expect(under.status).toBe(0);
    expect(spawnSync(process.execPath, [WRAPPER, 'fly'], options).status).toBe(2);
  });

  it('ends what it started when it is killed', async () => {
    const put = await stack.runAs(
      'local-admin',
      'mapping',
      'put',
      'w',
      stack.file('w.json', JSON.stringify(MAPPING)),
    );
    expect(put.code).toBe(0);
    const folder = join(stack.folder, 'inbox');
    mkdirSync(folder);
    const lock = join(folder, '.effectstroom-watch.lock');
    const wrapper = new Client([WRAPPER, 'watch', folder, '--mapping', 'w'], stack.environment);
    expect(await becomesTrue(() => existsSync(lock), 60_000)).toBe(true);
    wrapper.kill('SIGKILL');
    expect(await becomesTrue(() => !existsSync(lock), 20_000)).toBe(true);
    await wrapper.ended;
  });
});
