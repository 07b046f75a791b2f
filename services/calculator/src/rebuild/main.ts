/** `npm run rebuild`: makes cases, ledger, totals and quarantine anew from the recorded events and settings. */

import { parseArgs } from 'node:util';
import { connect, migrate, recordVerification, underVerifyLock } from '@effectstroom/database';
import { verify } from '../verification.ts';
import { RebuildFault, rebuild } from './rebuild.ts';

const PROGRESS_MS = 1_000;

const HELP = `rebuild: makes cases, ledger, totals and quarantine anew from the recorded events and settings

Compares them with what the database has, puts right what differs, and checks everything afterwards. Portal and
exporter may go on; every calculator must be stopped.

  --check   only compares: nothing is changed; exit code 1 where something differs

Environment variables:
  DATABASE_URL   PostgreSQL, postgres://user:password@host:port/name

Exit code 0 when all is right now, 1 when it is not, 2 for wrong use, 3 when it could not be done.
`;

async function main(args: string[], url: string | undefined): Promise<number> {
  const flags = readFlags(args);
  if (flags?.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (flags === undefined || url === undefined || url === '') {
    process.stderr.write(HELP);
    return 2;
  }
  const db = connect({ url, applicationName: 'rebuild', connectionsMax: 3 });
  try {
    await migrate(db);
    let toldAt = 0;
    const onProgress = (events: number) => {
      if (Date.now() - toldAt < PROGRESS_MS) return;
      toldAt = Date.now();
      process.stderr.write(`\r${events} events replayed`);
    };
    const { differences, ...done } = await rebuild({ url, onlyLook: flags.check, onProgress });
    process.stderr.write('\n');
    for (const { table, wrong, missing } of differences)
      process.stdout.write(`${table}: ${wrong} rows wrong, ${missing} rows to be put in their place\n`);
    const { events, seconds, replacingSeconds } = done;
    const rate = Math.round(events / Math.max(seconds, 0.001));
    process.stdout.write(
      `${events} events in ${seconds.toFixed(1)} s (${rate} a second), of which ${replacingSeconds.toFixed(1)} s comparing\n`,
    );
    if (flags.check) return differences.length === 0 ? 0 : 1;
    return await checkAll(db);
  } catch (error) {
    process.stderr.write(`\nrebuild: ${error instanceof Error ? error.message : String(error)}\n`);
    return 3;
  } finally {
    await db.destroy();
  }
}

async function checkAll(db: ReturnType<typeof connect>): Promise<number> {
  const verification = await underVerifyLock(db, () => verify(db, () => undefined));
  if (verification === undefined)
    throw new RebuildFault('Another check is running; check again when it is done');
  await recordVerification(db, verification);
  for (const fault of verification.faults) process.stdout.write(`✘ ${fault}\n`);
  process.stdout.write(`${verification.cases} cases, ${verification.faults.length} faults\n`);
  return verification.faults.length === 0 ? 0 : 1;
}

function readFlags(args: string[]): { check: boolean; help: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    return { check: values.check ?? false, help: values.help ?? false };
  } catch {
    return undefined;
  }
}

process.exitCode = await main(process.argv.slice(2), process.env['DATABASE_URL']);
