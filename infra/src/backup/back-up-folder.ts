import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartFault } from '../start-fault.ts';

/**
 * Makes the folder of all back-ups, where it is not there yet.
 * @throws {StartFault} where it cannot be made or written
 */
export function makeBackupFolder(folder: string): void {
  try {
    make(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new StartFault(`In ${folder} kan geen reservekopie komen: ${error.message}.`, { cause: error });
  }
}

/** From the nearest one that exists: Node's own mkdir goes on for ever where nothing can be made, as in /proc. */
function make(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found === undefined && dirname(folder) !== folder) make(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
