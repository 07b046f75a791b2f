/** `npm run verify`: checks the invariants of a database now. Exit code 1 where one is broken. */
import { connect, recordVerification, underVerifyLock } from '@effectstroom/database';
import { verify } from './verification.ts';

const HELP = `verify: checks that the ledger, the totals and the recorded events agree

Environment variables:
  DATABASE_URL   PostgreSQL, postgres://user:password@host:port/name
`;

async function main(flags: readonly string[], url: string | undefined): Promise<number> {
  if (flags.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  if (url === undefined || url === '' || flags.length > 0) {
    process.stderr.write(HELP);
    return 2;
  }
  const db = connect({ url, applicationName: 'verify', connectionsMax: 3 });
  try {
    const progress = (cases: number) => process.stderr.write(`\r${cases} cases checked`);
    const verification = await underVerifyLock(db, () => verify(db, progress));
    if (verification === undefined) {
      process.stderr.write('Another check is running; try again when it is done.\n');
      return 3;
    }
    await recordVerification(db, verification);
    const { seconds, cases, faults } = verification;
    process.stderr.write('\n');
    for (const fault of faults) process.stdout.write(`✘ ${fault}\n`);
    process.stdout.write(`${cases} cases, ${faults.length} faults, ${seconds.toFixed(1)} s\n`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`\nverify: ${error instanceof Error ? error.message : String(error)}\n`);
    return 3;
  } finally {
    await db.destroy();
  }
}

process.exitCode = await main(process.argv.slice(2), process.env['DATABASE_URL']);
