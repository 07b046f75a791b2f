import { spawn } from 'node:child_process';
import { repository } from '@effectstroom/infra';

/** How a program of the product ended, and what it said. */
export interface Ran {
  code: number | null;
  output: string;
  seconds: number;
}

/** Runs a program of the product with the pinned Node, as an administrator would. */
export function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Ran> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: repository,
      env: { ...ownVariables(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-20_000);
      });
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, output, seconds: (performance.now() - startedAt) / 1_000 }),
    );
  });
}

/** What of our own environment means the same to every program: where programs are, what was fetched. */
function ownVariables(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'EFFECTSTROOM_CACHE', 'XDG_CACHE_HOME'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** The same, where anything but success is a fault. @throws Error with what it said */
export async function mustRun(...of: Parameters<typeof runProgram>): Promise<Ran> {
  const ran = await runProgram(...of);
  if (ran.code !== 0) throw new Error(`${of[0].join(' ')} ended with ${ran.code}:\n${ran.output}`);
  return ran;
}
