/** Waits until everything that was written is in the log that PostgreSQL copies. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { withClient } from '../../infra/src/with-client.ts';

/** PostgreSQL tries again a minute after a failure. */
const WAIT_MS = 90_000;

/** @throws {Error} where it does not come */
export async function untilArchived(url: string, folder: string): Promise<void> {
  const name = await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS name');
    return rows[0]?.name ?? 'none';
  });
  if (!(await becomesTrue(() => existsSync(join(folder, name)), WAIT_MS)))
    throw new Error(`${name} was not archived`);
}
