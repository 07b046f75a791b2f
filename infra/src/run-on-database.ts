import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './repository.ts';

/**
 * Runs a program of the product on a database, with our terminal; Ctrl-C reaches it as well as us.
 * @param program its path in the repository
 * @returns its exit code
 */
export async function runOnDatabase(program: string, args: readonly string[], url: string): Promise<number> {
  const child = spawn(process.execPath, [join(repository, program), ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
