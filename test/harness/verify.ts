import { spawn } from 'node:child_process';
import { repository } from '@effectstroom/infra';
import type { Pipeline } from './pipeline.ts';

/** Runs the product's own check of the invariants, as an administrator would. */
export function runVerify(pipeline: Pipeline): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['services/calculator/src/verify.ts'], {
      cwd: repository,
      env: { PATH: process.env['PATH'], DATABASE_URL: pipeline.postgres.running.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
