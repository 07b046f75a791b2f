import { type Ran, runProgram } from './run-program.ts';

/** Runs the product's own check of the invariants, as an administrator would. @param url of PostgreSQL */
export function runVerify(url: string): Promise<Ran> {
  return runProgram(['services/calculator/src/verify.ts'], { DATABASE_URL: url });
}

/** What it finds, in a sentence; nothing is right. */
export async function verifyFaults(url: string): Promise<string[]> {
  const { code, output } = await runVerify(url);
  return code === 0 && output.includes(' 0 faults') ? [] : [`verify: ${output}`];
}
