import { spawn } from 'node:child_process';
import { prometheusProgram } from './prometheus-program.ts';

const DEADLINE_MS = 60_000;
/** The last characters of what it wrote are kept. */
const OUTPUT_MAX = 1_000_000;

/** How promtool ended: `code` 0 is right; `output` is what it wrote to both its outputs. */
export type PromtoolResult = { readonly code: number | null; readonly output: string };

/**
 * Runs promtool, as `promtool(['check', 'metrics'], page)`. What it finds wrong is no error here: see `code`.
 *
 * @throws {StartFault} when there is no promtool to be had
 * @throws {Error} when it takes longer than a minute
 */
export async function promtool(args: readonly string[], stdin = ''): Promise<PromtoolResult> {
  const program = await prometheusProgram();
  return new Promise((resolve, reject) => {
    const child = spawn(program.promtool, args, { timeout: DEADLINE_MS });
    let output = '';
    const hear = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_MAX);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === null) resolve({ code, output });
      else reject(new Error(`promtool ${args.join(' ')} took too long`));
    });
    // It may end before it has read everything.
    child.stdin.once('error', () => undefined);
    child.stdin.end(stdin);
  });
}
