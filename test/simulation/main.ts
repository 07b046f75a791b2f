/** A simulation from the command line; exit code 1 where something is not as it must be. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const HELP = `Usage: node test/simulation/main.ts [--seed N] [--events M]

  --seed N     what to draw everything from (default: SIMULATION_SEED, or another one each time)
  --events M   about how many events (default: SIMULATION_EVENTS, or 4000)
`;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, events: { type: 'string' }, help: { type: 'boolean' } },
});
const seed = Number(values.seed ?? process.env['SIMULATION_SEED'] ?? randomInt(1_000_000_000));
const events = Number(values.events ?? process.env['SIMULATION_EVENTS'] ?? 4_000);

if (values.help || !Number.isSafeInteger(seed) || !Number.isSafeInteger(events)) {
  process.stderr.write(HELP);
  process.exit(2);
}
const tell = (line: string) => process.stdout.write(`${line}\n`);
const startedAt = Date.now();
tell(`simulation with seed ${seed} and about ${events} events`);
const faults = await simulate({ seed, events, tell });
for (const fault of faults) tell(`✘ ${fault.slice(0, 4_000)}`);
tell(`seed ${seed}: ${faults.length} faults, ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
process.exit(faults.length === 0 ? 0 : 1);
