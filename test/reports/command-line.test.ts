import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { describe, expect, test } from 'vitest';
import { numberOf, OptionFault, parse, someOf } from './command-line.ts';

describe('options', () => {
  test('have a text or none, and help is always one of them', () => {
    expect(parse(['--seed', '3', '--keep'], ['seed', 'only'], ['keep', 'quick'])).toEqual({
      ...{ seed: '3', keep: true },
    });
    expect(parse(['--help'], [], []).help).toBe(true);
    for (const wrong of [['--seed'], ['--keep=1'], ['--other'], ['seed']])
      expect(() => parse(wrong, ['seed'], ['keep']), wrong.join(' ')).toThrow(OptionFault);
  });

  test.each([
    ['12', { min: 1, max: 20 }, 12],
    ['0.25', { min: 0.2, max: 1, step: 0.001 }, 0.25],
    ['40000', { min: 0, max: 1_000_000, step: 100 }, 40_000],
    [undefined, { min: 1, max: 20, otherwise: 3 }, 3],
  ])('%s is a number within %j', (text, limits, value) => {
    expect(numberOf('n', text, limits)).toBe(value);
  });

  test.each([
    ['21', { min: 1, max: 20 }, '--n must be a whole number from 1 to 20'],
    ['1.5', { min: 1, max: 20 }, '--n must be a whole number from 1 to 20'],
    ['0.1', { min: 0.2, max: 1, step: 0.001 }, '--n must be a number from 0.2 to 1'],
    ['150', { min: 0, max: 1_000, step: 100 }, '--n must be a multiple of 100 from 0 to 1000'],
    ['1e3', { min: 1, max: 20_000, otherwise: 3 }, '--n must be a whole number from 1 to 20000'],
    ['', { min: 0, max: 20, otherwise: 3 }, '--n must be a whole number from 0 to 20'],
    [undefined, { min: 1, max: 20 }, '--n must be a whole number from 1 to 20'],
  ])('%s is not within %j', (text, limits, message) => {
    expect(() => numberOf('n', text, limits)).toThrow(new OptionFault(message));
  });

  test('name some of a list, in its order', () => {
    expect(someOf('only', 'c, a', ['a', 'b', 'c'])).toEqual(['a', 'c']);
    expect(someOf('only', undefined, ['a', 'b'])).toEqual(['a', 'b']);
    expect(() => someOf('only', 'a,d', ['a', 'b'])).toThrow(new OptionFault('--only knows a, b, not d'));
    expect(() => someOf('only', '', ['a'])).toThrow(OptionFault);
  });
});

describe('a command ends', () => {
  test('with 0 after its help, with 2 where it cannot be used', async () => {
    const help = await ended(start('reports', '--help'));
    expect(help).toMatchObject({ code: 0, said: expect.stringContaining('npm run tables') });
    expect(await ended(start('reports', '--wrong'))).toEqual({
      ...{ code: 2, said: "tables: Unknown option '--wrong'\n--help tells what can be given\n" },
    });
  });

  test('with 130 after Ctrl-C, however often, and leaves nothing', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'effectstroom-command-'));
    try {
      const command = start('growth', '--quick', '--folder', folder);
      const end = ended(command);
      await once(command.stderr, 'data');
      for (let times = 0; times < 2; times++) command.kill('SIGINT');
      const { code, said } = await end;
      expect({ code, said }).toMatchObject({ code: 130, said: expect.stringMatching(/interrupted: .*\n$/) });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function start(name: string, ...args: string[]) {
  return spawn(process.execPath, [`test/${name}/main.ts`, ...args], {
    ...{ cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] },
  });
}

async function ended(command: ReturnType<typeof start>): Promise<{ code: number; said: string }> {
  let said = '';
  for (const stream of [command.stdout, command.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [code] = (await once(command, 'close')) as [number];
  return { code, said };
}
