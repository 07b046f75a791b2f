import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'lifecycle-'));
const program = join(folder, 'service.ts');

/** A service of two parts whose behaviour its first argument tells. */
const source = `
import { runLifecycle } from ${JSON.stringify(new URL('./lifecycle.ts', import.meta.url).href)};
import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
const behaviour = process.argv[2];
setInterval(() => {}, 1000);
await runLifecycle(createLog('test', 'info'), async (lifecycle) => {
  lifecycle.onStop('first', () => process.stdout.write('first stops\\n'));
  lifecycle.onStop('second', async () => {
    process.stdout.write('second stops\\n');
    if (behaviour === 'hangs') await new Promise(() => {});
    if (behaviour === 'breaks') throw new Error('broken');
  });
  if (behaviour === 'does not start') throw new Error('no start');
  if (behaviour === 'fails') setTimeout(() => lifecycle.fail(new Error('failed')), 10);
  if (behaviour === 'throws') setTimeout(() => { throw new Error('thrown'); }, 10);
}, { deadline: 500 });
`;

beforeAll(() => writeFileSync(program, source));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(behaviour: string, act: (child: ChildProcess) => void = () => {}) {
  const child = fork(program, [behaviour], { silent: true, execArgv: [] });
  let output = '';
  let acted = false;
  child.stdout?.on('data', (data) => {
    output += data;
    if (acted || !output.includes('"started"')) return;
    acted = true;
    act(child);
  });
  const ended = child.stdout === null ? undefined : once(child.stdout, 'end');
  const [[code]] = await Promise.all([once(child, 'exit'), ended]);
  return { code, output };
}

describe('a lifecycle', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops its parts in reverse at %s', async (signal) => {
    const { code, output } = await run('stops', (child) => child.kill(signal));
    expect(code).toBe(0);
    expect(output.indexOf('second stops')).toBeLessThan(output.indexOf('first stops'));
  });

  it('ends with the process that started it', async () => {
    const { code, output } = await run('stops', (child) => child.disconnect());
    expect([code, output.includes('first stops')]).toEqual([0, true]);
  });

  it('ends at a second signal, and at the deadline', async () => {
    const twice = await run('hangs', (child) => {
      child.kill('SIGTERM');
      child.stdout?.on('data', (data) => String(data).includes('second stops') && child.kill('SIGTERM'));
    });
    expect([twice.code, twice.output.includes('first stops')]).toEqual([1, false]);
    const late = await run('hangs', (child) => child.kill('SIGTERM'));
    expect([late.code, late.output.includes('took too long')]).toEqual([1, true]);
  });

  it.each(['does not start', 'fails', 'throws'])(
    'stops what it has and ends with 1 when it %s',
    async (behaviour) => {
      const { code, output } = await run(behaviour);
      expect([code, output.includes('second stops'), output.includes('first stops')]).toEqual([
        1,
        true,
        true,
      ]);
    },
  );

  it('stops the others when a part breaks', async () => {
    const { code, output } = await run('breaks', (child) => child.kill('SIGTERM'));
    expect([code, output.includes('first stops')]).toEqual([1, true]);
  });
});
