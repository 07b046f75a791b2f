import { spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from './start-fault.ts';

/** As whom PostgreSQL runs: programs to put in front of its own, or a user to start it as. */
export type PostgresUser = { prefix: readonly string[]; uid?: number };

/** The user that systems keep for who has no rights. */
const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root. As root we therefore look for a way to be someone else who can still
 * reach the folder and the program, which may lie below folders that only root can enter:
 * 1. a user namespace of its own, in which root's number is nobody's and the files stay root's;
 * 2. another user with the one right to pass by the modes of files (containers often forbid the first);
 * 3. another user without it. The folder is given to whoever it becomes.
 */
export function postgresUser(folder: string, program: string): PostgresUser {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = lstatSync(folder).uid;
  const inNamespace = { uid: 0, user: { prefix: ['unshare', '--user'] } };
  const others = [owner === 0 ? NOBODY : owner].flatMap((uid) => [
    { uid, user: { prefix: passingModes(uid) } },
    { uid, user: { prefix: [], uid } },
  ]);
  const candidates = owner === 0 ? [inNamespace, ...others] : [...others, inNamespace];
  for (const { uid, user } of candidates) {
    giveTo(folder, uid);
    if (reaches(user, folder, program)) return user;
  }
  giveTo(folder, owner);
  throw new StartFault(
    `PostgreSQL weigert als root te draaien, en een andere gebruiker kan niet bij ${folder} of bij ${program}.
Start Effectstroom als gewone gebruiker, of zet het project en EFFECTSTROOM_DATA in mappen die iedereen
mag openen.`,
  );
}

function passingModes(uid: number): string[] {
  const ids = ['--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
  return ['setpriv', ...ids, '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
}

function reaches({ prefix, uid }: PostgresUser, folder: string, program: string): boolean {
  const test = ['sh', '-c', 'test "$(id -u)" != 0 && test -x "$1" && test -w "$2"', 'sh', program, folder];
  const [command = '', ...args] = [...prefix, ...test];
  return (
    spawnSync(command, args, { stdio: 'ignore', ...(uid === undefined ? {} : { uid, gid: uid }) }).status ===
    0
  );
}

function giveTo(path: string, uid: number): void {
  const status = lstatSync(path);
  if (status.uid !== uid) lchownSync(path, uid, uid);
  if (status.isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), uid);
}
