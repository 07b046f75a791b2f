/** One connection that several take in turn, and that says something while nobody has it. */
import type { PostgresPool } from 'kysely';
import type { Client } from 'pg';

/**
 * The connection in the form in which kysely asks a pool for one; here it is always this one.
 * @param beatMs how often PostgreSQL hears of it while it is in nobody's hands: a process that is busy with other
 * things keeps its session, one that is frozen or cut off does not. Undefined where a session may be silent.
 */
export function inTurns(client: Client, beatMs: number | undefined): PostgresPool {
  let holders = 0;
  let beat: Promise<void> | undefined;
  const lease = Object.assign(client, {
    release: () => {
      holders--;
    },
  });
  if (beatMs !== undefined) {
    const timer = setInterval(() => {
      if (holders > 0 || beat !== undefined) return;
      const ended = () => {
        beat = undefined;
      };
      beat = client.query('SELECT 1').then(ended, ended); // the end of the connection is told elsewhere
    }, beatMs).unref();
    client.once('end', () => clearInterval(timer));
  }
  const connect = async () => {
    holders++;
    await beat;
    return lease;
  };
  return { connect, end: () => Promise.resolve(), options: {} };
}
