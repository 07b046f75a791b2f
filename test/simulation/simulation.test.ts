/** The simulation as a test: another seed each time, printed so that a run can be repeated. */
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const seed = Number(process.env['SIMULATION_SEED'] ?? randomInt(1_000_000_000));
const events = Number(process.env['SIMULATION_EVENTS'] ?? 4_000);

test(`about ${events} events, seed ${seed}`, { timeout: 600_000 }, async () => {
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  tell(`simulation with seed ${seed}; again: node test/simulation/main.ts --seed ${seed} --events ${events}`);
  expect(await simulate({ seed, events, tell })).toEqual([]);
});
