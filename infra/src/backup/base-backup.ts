/** Going back to any moment: a copy of the whole cluster, and the log of all that was written since. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../postgres.ts';
import type { PostgresTools } from '../postgres-tools.ts';
import { becomesTrue } from '../running.ts';
import { StartFault } from '../start-fault.ts';
import { withClient } from '../with-client.ts';
import { libpqUrl } from './libpq-url.ts';
import { quoted } from './log-archive.ts';
import { runTool } from './run-tool.ts';

/** How long PostgreSQL may take to replay what was archived. */
const RECOVERY_MS = 6 * 3_600_000;

/** What PostgreSQL says of a log that does not go on until the moment, and of how far it goes. */
const TOO_SHORT = 'recovery ended before configured recovery target was reached';
const LAST_LOGGED = /last completed transaction was at log time (.+)/;

/** Copies the cluster while it runs, with the log that the copy itself needs, and checks the copy. */
export async function takeBaseBackup(
  tools: PostgresTools,
  { url, folder, signal }: { url: string; folder: string; signal?: AbortSignal },
): Promise<void> {
  const { address, env } = libpqUrl(url);
  const options = ['--checkpoint=fast', '--wal-method=stream', `--pgdata=${folder}`, '--no-password'];
  await runTool([...tools.pg_basebackup, ...options, `--dbname=${address}`], env, signal);
  await verifyBaseBackup(tools, folder, signal);
}

/** @throws {StartFault} where a file of the copy is missing or differs from what was copied */
export async function verifyBaseBackup(
  { pg_verifybackup: program }: PostgresTools,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  // The log in the copy is checked when it is replayed.
  await runTool([...program, '--no-parse-wal', '--quiet', folder], {}, signal);
}

export interface Recovery {
  /** The folder of the embedded PostgreSQL, with a base back-up in `data`. */
  folder: string;
  /** Where PostgreSQL archived its log. */
  archive: string;
  /** The moment up to which all is to be in; undefined is all that was archived. */
  until: Date | undefined;
  signal?: AbortSignal;
}

/**
 * Replays the archived log up to a moment, and leaves a cluster that stands by itself, stopped. Where it fails,
 * what is in the folder is no use.
 * @throws {StartFault} where the log does not reach the moment
 */
export async function recover(recovery: Recovery): Promise<void> {
  try {
    await replay(recovery);
  } catch (error) {
    const { until } = recovery;
    if (until === undefined || !(error instanceof Error) || !error.message.includes(TOO_SHORT)) throw error;
    const last = LAST_LOGGED.exec(error.message)?.[1] ?? 'de kopie zelf, want er is niets in dat erbij hoort';
    throw new StartFault(
      `Het bewaarde log gaat niet tot ${until.toISOString()}; de laatste wijziging erin is van: ${last}.
Kies een eerder moment, of laat --until weg om zo ver te gaan als het log gaat.`,
      { cause: error },
    );
  }
}

async function replay({ folder, archive, until, signal }: Recovery): Promise<void> {
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION')))
    throw new StartFault(`In ${data} staat geen kopie van PostgreSQL.`);
  // PostgreSQL takes it away itself when it is done.
  writeFileSync(join(data, 'recovery.signal'), '');
  const settings = {
    restore_command: `cp ${quoted(archive)}/%f "%p"`,
    recovery_target_timeline: 'latest',
    recovery_target_action: 'promote',
    ...(until && { recovery_target_time: momentText(until), recovery_target_inclusive: 'true' }),
  };
  const postgres = await startPostgres({ folder, settings, ...(signal && { signal }) });
  try {
    const isDone = () => {
      signal?.throwIfAborted();
      return withClient(postgres.url, async (client) => {
        const { rows } = await client.query<{ is: boolean }>('SELECT pg_is_in_recovery() AS is');
        return rows[0]?.is === false;
      });
    };
    const ended = postgres.exited.then(() => {
      throw new StartFault(`PostgreSQL kwam niet tot dat moment:\n${postgres.lastWords()}`);
    });
    if (!(await Promise.race([becomesTrue(isDone, RECOVERY_MS), ended])))
      throw new StartFault('PostgreSQL werd niet klaar met het herstel.');
  } finally {
    await postgres.stop();
  }
}

/** As `recovery_target_time` takes it: no T, and no Z for the zone. */
function momentText(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace('Z', '+00');
}
