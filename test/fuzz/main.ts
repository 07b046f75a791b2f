/** Fuzzing from the command line; exit code 1 where something is not as it must be. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const HELP = `Usage: node test/fuzz/main.ts [--inputs N] [--seed N] [--only NAME]

  --inputs N   how many inputs in all (default: 100000)
  --seed N     what to draw them from (default: another one each time)
  --only NAME  only the entrances whose names hold this
`;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { inputs: text, seed: text, only: text, help: { type: 'boolean' } },
});
const inputs = Number(values.inputs ?? 100_000);
const seed = Number(values.seed ?? randomInt(1_000_000_000));

if (values.help || !Number.isSafeInteger(seed) || !Number.isSafeInteger(inputs)) {
  process.stderr.write(HELP);
  process.exit(2);
}
const tell = (line: string) => process.stdout.write(`${line}\n`);
const startedAt = Date.now();
tell(`${inputs} inputs with seed ${seed}`);
const only = values.only;
const faults = await fuzz({ seed, inputs, tell, ...(only !== undefined && { only }) });
for (const fault of faults) tell(`✘ ${fault}`);
tell(`seed ${seed}: ${faults.length} faults, ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
process.exit(faults.length === 0 ? 0 : 1);
