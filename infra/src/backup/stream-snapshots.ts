import { join } from 'node:path';
import { repository } from '../repository.ts';
import { runTool } from './run-tool.ts';

const PROGRAM = join(repository, 'packages/runtime/src/snapshots/main.ts');

/**
 * Saves the streams and key-value buckets of nats-server to a folder, puts them back, or only looks whether it
 * answers.
 * @throws {StartFault} where it does not, within seconds
 */
export function snapshots(
  what: 'save' | 'restore' | 'look',
  { natsUrl, folder, signal }: { natsUrl: string; folder: string; signal?: AbortSignal },
): Promise<void> {
  return runTool([process.execPath, PROGRAM, what, folder], { NATS_URL: natsUrl }, signal);
}
