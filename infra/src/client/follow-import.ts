import { setTimeout as sleep } from 'node:timers/promises';
import type { Import } from '@effectstroom/contracts';
import { getImport, hasEnded } from './import-calls.ts';
import type { Server } from './server.ts';

const FIRST_LOOK_MS = 100;
const MOST_BETWEEN_LOOKS_MS = 1_000;

/**
 * Follows an import to its end, or until the server's signal; looks often at first, so that a small file is
 * not waited for.
 *
 * @throws {ServerAway | Refused} when patience is at its end; a `Refused` with 404 where there is none (any
 * more)
 */
export async function followImport(
  server: Server,
  id: string,
  onLook: (state: Import) => void,
): Promise<Import> {
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 1.5, MOST_BETWEEN_LOOKS_MS)) {
    const found = await getImport(server, id);
    onLook(found);
    if (hasEnded(found)) return found;
    await sleep(wait, undefined, { signal: server.signal });
  }
}
