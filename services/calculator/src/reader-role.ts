import { readFileSync } from 'node:fs';
import { createReportingRole, type Database, REPORTING_ROLE } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';

/** Characters of a password that cannot be guessed. */
const LENGTH_MIN = 20;

/**
 * Makes the role with which others read schema `reporting`, or brings it up to date. Where that is not possible,
 * as without the right to make roles, the log says so, and figures do not wait for it.
 *
 * @param secretFile its first line is the password
 */
export async function keepReaderRole(db: Kysely<Database>, secretFile: string, log: Logger): Promise<void> {
  try {
    const [password = ''] = readFileSync(secretFile, 'utf8').split('\n');
    if (password.trim().length < LENGTH_MIN)
      throw new Error(`READER_SECRET_FILE must hold ${LENGTH_MIN} characters`);
    const isHarmless = await createReportingRole(db, password.trim());
    log.info({ role: REPORTING_ROLE }, 'readers of SQL may sign in');
    if (!isHarmless)
      log.warn(
        { role: REPORTING_ROLE },
        'readers of SQL can hold up a calculator with advisory locks: only a superuser of PostgreSQL can take ' +
          'these from them (packages/database/REPORTING.md)',
      );
  } catch (error) {
    log.error({ err: error, role: REPORTING_ROLE }, 'the role of readers of SQL could not be made');
  }
}
