import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from '../bootstrap/lock.mjs';
import { StartFault } from './start-fault.ts';
import type { Terminal } from './terminal.ts';

/** How long a run that is being ended may take to leave the folder. */
const LEAVE_WITHIN_MS = 10_000;

/**
 * Makes the data folder and takes it for ourselves: two stacks on the same data would spoil it. A lock that a
 * killed run left behind is taken over.
 *
 * @returns what gives the folder free again
 * @throws {StartFault} when it cannot be used
 */
export async function claimDataFolder(
  folder: string,
  tell: Terminal,
  signal: AbortSignal,
): Promise<() => void> {
  try {
    // Others may pass through and not look in: PostgreSQL may have to run as another user than we (as root).
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    accessSync(folder, constants.W_OK);
    return await takeOver(folder, tell, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && !signal.aborted) {
      throw new StartFault(
        `In de map ${folder} kan niet worden geschreven (${error.message}).
Is zij van een andere gebruiker? Kies anders een andere map met EFFECTSTROOM_DATA=…`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function takeOver(folder: string, tell: Terminal, signal: AbortSignal): Promise<() => void> {
  const deadline = performance.now() + LEAVE_WITHIN_MS;
  for (let waited = false; ; waited = true) {
    const lock = takeLock(join(folder, 'lock'));
    if ('release' in lock) return lock.release;
    const holder = lock.holder === 0 ? '' : ` (proces ${lock.holder})`;
    if (performance.now() > deadline) {
      throw new StartFault(
        `De map ${folder} is al in gebruik door een andere Effectstroom${holder}.
Stop die eerst, of kies een andere map met EFFECTSTROOM_DATA=…`,
      );
    }
    if (!waited)
      tell(`De map ${folder} is nog in gebruik door een andere Effectstroom${holder}; even wachten …`);
    await sleep(200, undefined, { signal });
  }
}
