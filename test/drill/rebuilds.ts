/** What follows from the record is damaged or was never backed up, and is made anew. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { DrilledStack } from './drilled-stack.ts';
import { catchUp, countEvents, type Drill, ONLY, type StepResult } from './step.ts';

/** Everything that follows from the record is damaged, and made anew from it. */
export async function derivedDamaged({ stack }: Drill): Promise<StepResult> {
  const { pipeline } = stack;
  const recorded = await countEvents(stack);
  await pipeline.calculator.stop();
  await sql`UPDATE saving_total SET gross = gross + 1`.execute(pipeline.db);
  await sql`DELETE FROM ledger WHERE organisation % 2 = 1`.execute(pipeline.db);
  await sql`UPDATE case_state SET counted = NULL, contribution = NULL WHERE case_id LIKE '%7'`.execute(
    pipeline.db,
  );
  const found = await stack.world.faults().catch((error: unknown) => [String(error)]);
  const { seconds, output } = await stack.rebuild();
  const catchUpSeconds = await restarted(stack);
  const faults = await stack.faults();
  if (found.length === 0) faults.push('the damage was not noticed');
  if (!/ledger: 0 rows wrong, \d{2,}/.test(output)) faults.push(`the ledger was not made anew: ${output}`);
  return {
    name: 'Totals and ledger damaged: made anew from the recorded events',
    restoreSeconds: seconds,
    catchUpSeconds,
    events: recorded,
    faults,
  };
}

/** Only the record was backed up; the rest is made anew from it. */
export async function recordOnly({ stack, backups }: Drill): Promise<StepResult> {
  const recorded = await countEvents(stack);
  const before = new Set(readdirSync(backups));
  await stack.command('backup/backup-command.ts', backups, '--record');
  const made = readdirSync(backups).find((name) => !before.has(name) && name.endsWith('Z'));
  await stack.stop();
  stack.lose('postgres');
  const path = join(backups, made ?? 'none');
  const { seconds } = await stack.command('backup/restore-command.ts', path, ...ONLY.database);
  await stack.startServers();
  const catchUpSeconds = await catchUp(stack);
  const faults = await stack.faults();
  const name = 'Database lost: back-up of the record only, the rest made anew from it';
  return { name, restoreSeconds: seconds, catchUpSeconds, events: recorded, faults };
}

async function restarted(stack: DrilledStack): Promise<number> {
  const startedAt = performance.now();
  await stack.pipeline.calculator.start();
  await stack.pipeline.settled();
  return (performance.now() - startedAt) / 1_000;
}
