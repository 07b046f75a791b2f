/** A minute of faults, another seed each time; a run of hours is `npm run faults -- --minutes 60`. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../harness/run-program.ts';
import { isRoot } from '../machines/machine-lacks.ts';
import { OptionFault } from '../reports/command-line.ts';
import type { KeptReport } from '../reports/report.ts';
import { BETWEEN, type KindFigures, type Measured } from './fault-report.ts';
import { loseAnswers } from './kinds/lose-answers.ts';
import { hasPrevious } from './kinds/previous-version.ts';
import { KINDS } from './kinds.ts';
import { readOptions } from './options.ts';

const MINUTES = 1;
const RATE = 150;
const DIFFERENT_KINDS_LEAST = 8;
const seed = Number(process.env['FAULTS_SEED'] ?? randomInt(1_000_000_000));
/** All that this machine can: what needs root only as root, and an earlier version only where git has it. */
const kinds = KINDS.filter(({ needsRoot, opens }) => (!needsRoot || isRoot()) && (!opens || hasPrevious()));
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-faults-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(`nothing is lost or doubled in a minute, seed ${seed}`, { timeout: 400_000 }, async () => {
  const names = kinds.map(({ kind }) => kind).join();
  const args = ['--seed', `${seed}`, '--minutes', `${MINUTES}`, '--rate', `${RATE}`, '--kinds', names];
  process.stdout.write(`again: npm run faults -- ${args.join(' ')}\n`);
  const left = KINDS.filter((kind) => !kinds.includes(kind)).map(({ kind }) => kind);
  if (left.length > 0)
    process.stdout.write(`without root or the history of git, and so without ${left.join(', ')}\n`);
  const { code, output } = await runProgram(['test/faults/main.ts', ...args, '--into', folder]);
  expect(code, output).toBe(0);
  const { kinds: struck, notStruck, givenUp } = measuredIn(join(folder, 'faults.json'));
  const of = (isIn: (figures: KindFigures) => boolean) => struck.filter(isIn).map(({ kind }) => kind);
  expect(of(({ times }) => times > 0).length).toBeGreaterThanOrEqual(DIFFERENT_KINDS_LEAST);
  // Whatever was chosen either struck or is told not to have.
  expect(of(({ kind, times }) => times === 0 && kind !== BETWEEN)).toEqual(notStruck);
  expect(of(({ kind }) => kind !== BETWEEN).sort()).toEqual(names.split(',').sort());
  if (!notStruck.includes(loseAnswers.kind)) expect(givenUp.arrived).toBeGreaterThan(0);
  expect(struck.filter(({ lost, doubled }) => lost + doubled > 0)).toEqual([]);
  expect(struck.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(1_000);
});

function measuredIn(report: string): Measured {
  return (JSON.parse(readFileSync(report, 'utf8')) as KeptReport & { measured: Measured }).measured;
}

test('the command line', () => {
  expect(readOptions(['--minutes', '60', '--seed', '7', '--kinds', 'kill-nats,repeat'], 1)).toMatchObject({
    ...{ minutes: 60, seed: 7, keep: false },
    faults: [{ kind: 'kill-nats' }, { kind: 'repeat' }],
  });
  expect(readOptions([], 5)).toMatchObject({ seed: 5, faults: KINDS });
  for (const wrong of ['--minutes=0', '--seed=-1', '--kinds=kill', '--rate=1.5', '--unknown'])
    expect(() => readOptions([wrong], 1), wrong).toThrow(OptionFault);
});
