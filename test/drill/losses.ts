/** What is lost in the drill, one thing after the other, and the back-ups that bring it back. */
import { sql } from 'kysely';
import { exchange } from '../harness/post.ts';
import { send } from '../harness/sender.ts';
import { readTotals, totalFaults } from '../harness/totals.ts';
import { catchUp, countEvents, type Drill, ONLY, type StepResult } from './step.ts';

/** The database is lost; a dump of before comes back, and the stream brings what came since. */
export async function databaseOfYesterday({ stack, dump }: Drill): Promise<StepResult> {
  const recorded = await countEvents(stack);
  await stack.stop();
  stack.lose('postgres');
  const { seconds } = await stack.command('backup/restore-command.ts', dump, ...ONLY.database);
  await stack.startServers();
  const restored = await countEvents(stack);
  const catchUpSeconds = await catchUp(stack);
  const faults = await stack.faults();
  if (restored >= recorded) faults.push('the back-up held everything: nothing was caught up');
  return {
    name: 'Database lost: dump of before, the stream brings the rest',
    restoreSeconds: seconds,
    catchUpSeconds,
    events: recorded,
    faults,
  };
}

/** The database is lost; a copy of the cluster and the archived log bring back one moment, exactly. */
export async function pointInTime({ stack, base, archive, middle }: Drill): Promise<StepResult> {
  const recorded = await countEvents(stack);
  await stack.stop();
  stack.lose('postgres');
  const until = ['--archive', archive, '--until', middle.at.toISOString()];
  const { seconds } = await stack.command('backup/restore-command.ts', base, ...ONLY.database, ...until);
  await stack.startServers();
  const later = await countEvents(stack, sql`known_at > ${middle.at}`);
  const faults = totalFaults(await readTotals(stack.pipeline.db), middle.totals);
  if (later > 0) faults.push(`${later} events became known after the moment`);
  const catchUpSeconds = await catchUp(stack);
  faults.push(...(await stack.faults()));
  const name = 'Database lost: back to one moment (base copy and archived log), the stream brings the rest';
  return { name, restoreSeconds: seconds, catchUpSeconds, events: recorded, faults };
}

/** The stream and the keys are lost; the database stays, and sources send their last day again. */
export async function streamLost(drill: Drill): Promise<StepResult> {
  const { stack, dump } = drill;
  const recorded = await countEvents(stack);
  await stack.stop();
  stack.lose('nats');
  const { seconds } = await stack.command('backup/restore-command.ts', dump, ...ONLY.streams);
  await stack.startServers();
  const startedAt = performance.now();
  await stack.startServices();
  await stack.sendAgain(placeAfter(drill));
  await stack.pipeline.settled(3_600_000);
  const catchUpSeconds = (performance.now() - startedAt) / 1_000;
  const faults = [...(await stack.faults()), ...(await keyFaults(drill))];
  const name = 'nats-server lost: streams and keys of before, sources send the last day again';
  return { name, restoreSeconds: seconds, catchUpSeconds, events: recorded, faults };
}

/**
 * Database, stream and keys are lost at once; the back-up comes back, and sources send again what came since.
 */
export async function everythingLost(drill: Drill): Promise<StepResult> {
  const { stack, dump, backups } = drill;
  const eraseAgain = () => stack.command('backup/restore-command.ts', '--erase-again', backups);
  const recorded = await countEvents(stack);
  await stack.stop();
  stack.lose('postgres', 'nats');
  const { seconds } = await stack.command('backup/restore-command.ts', dump, '--only', 'database,streams');
  await stack.startServers();
  // What was answered of the middle is gone with what became known then: that becomes known anew.
  stack.asked.length = 0;
  const caughtUp = await catchUp(stack);
  const erasedBack = await countErased(drill);
  const refusal = await whilePending(drill, () => eraseAgain().then(String, String));
  await eraseAgain();
  await stack.pipeline.settled();
  const startedAt = performance.now();
  await stack.sendAgain(placeAfter(drill));
  await stack.pipeline.settled(3_600_000);
  const catchUpSeconds = caughtUp + (performance.now() - startedAt) / 1_000;
  const faults = [...(await stack.faults()), ...(await keyFaults(drill))];
  if (erasedBack === 0) faults.push('the back-up held no case that was erased since: nothing was tried');
  const left = await countErased(drill);
  if (!refusal.includes('te verwerken')) faults.push(`erased again while events waited: ${refusal}`);
  if (left > 0) faults.push(`${left} cases came back that were erased`);
  const name = 'All lost: dump, streams and keys of before, erased again, sources send the last day again';
  return { name, restoreSeconds: seconds, catchUpSeconds, events: recorded, faults };
}

/** Does something while an event that ingest took is not applied yet; it is afterwards. */
async function whilePending<T>(drill: Drill, work: () => Promise<T>): Promise<T> {
  const { pipeline, world } = drill.stack;
  const place = placeAfter(drill);
  await pipeline.calculator.stop();
  await send(pipeline, world.accepted.slice(place, place + 1));
  const done = await work();
  await pipeline.calculator.start();
  await pipeline.settled();
  return done;
}

/** How many events of the erased case are recorded. */
function countErased({ stack, erased: { organisation, caseId } }: Drill): Promise<number> {
  return countEvents(
    stack,
    sql`case_id = ${caseId} AND organisation = (SELECT id FROM organisation WHERE code = ${organisation})`,
  );
}

/** Place in what was accepted of the first event after the back-ups. */
function placeAfter({ stack, lastBefore }: Drill): number {
  return lastBefore === undefined ? 0 : stack.world.accepted.indexOf(lastBefore) + 1;
}

/** A key that was made before the loss must work. */
async function keyFaults({ stack, key }: Drill): Promise<string[]> {
  const request = { method: 'GET', path: '/v1/status', key } as const;
  const { status } = await exchange(stack.pipeline.portal.running.url, request);
  return status === 200 ? [] : [`a key of before the loss is answered with ${status}`];
}
