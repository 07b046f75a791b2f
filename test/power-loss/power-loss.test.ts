/** What is said of losses; the measurement needs root and minutes: `npm run faults -- --power-loss`. */
import { expect, test } from 'vitest';
import { OptionFault } from '../reports/command-line.ts';
import { reportMarkdown } from '../reports/report.ts';
import { readPowerLossOptions } from './command.ts';
import type { Loss } from './lose-power.ts';
import { faultsOf, powerLossReport, type Tried } from './power-loss-report.ts';

const kept: Loss = {
  ...{ afterMs: 9_000, acknowledged: 1_000, lost: 0, backMs: 0, missing: undefined },
  state: 'goes on',
};
const gone: Loss = { ...kept, lost: 900, backMs: 8_800, state: 'forgot all' };
const tried = (mayLose: boolean, ...losses: Loss[]): Tried => ({
  ...{ name: 'a server', setting: 'a setting', mayLose, losses },
});

test('a loss where none may be is a fault, and so is a measurement that sees no loss', () => {
  expect(faultsOf([tried(true, gone, kept), tried(false, kept, kept)])).toEqual([]);
  expect(faultsOf([tried(true, gone), tried(false, kept, { ...gone, state: 'goes on' })])).toHaveLength(1);
  expect(faultsOf([tried(true, gone), tried(false, { ...kept, state: 'does not start' })])).toHaveLength(1);
  expect(faultsOf([tried(true, gone, { ...kept, missing: 1 }), tried(false, kept)])).toHaveLength(1);
  expect(faultsOf([tried(true, kept), tried(false, kept)])).toHaveLength(1);
});

test('the table has one line a setting', () => {
  const report = powerLossReport([tried(true, gone, kept), tried(false, kept)], {
    ...{ command: 'npm run faults -- --power-loss', seed: 1 },
  });
  const made = { madeAt: '2026-01-01T00:00:00Z', commit: 'none', versions: {} };
  const machine = { cpu: 'any', cores: 1, memoryGb: 1, system: 'any', load: 0 };
  const text = reportMarkdown({ ...report, ...made, machine }).replaceAll(/ +/g, ' ');
  expect(text).toContain('| a server | a setting | 2 | 2,000 | **900** | 900 | 8.8 | 1 | |');
  expect(text).toContain('| a server | a setting | 1 | 1,000 | **0** | 0 | | 0 | |');
});

test('the command line', () => {
  expect(readPowerLossOptions(['--power-loss', '--moments', '3', '--keep'])).toEqual({
    ...{ moments: 3, seconds: 100, seed: 1, keep: true },
  });
  for (const wrong of ['--moments=0', '--seconds=1', '--seed=x', '--minutes=1'])
    expect(() => readPowerLossOptions(['--power-loss', wrong]), wrong).toThrow(OptionFault);
});
