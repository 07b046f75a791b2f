/** What the steps of the drill share. */
import { sql } from 'kysely';
import type { SentEvent } from '../harness/sent.ts';
import type { Totals } from '../harness/totals.ts';
import type { DrilledStack } from './drilled-stack.ts';

/** What one step of the drill found. */
export interface StepResult {
  name: string;
  /** Putting back what was lost. */
  restoreSeconds: number;
  /** From the start of the services until everything is in the totals again; checks not counted. */
  catchUpSeconds: number;
  /** Events that were put back, replayed or caught up. */
  events: number;
  /** How the installation differs from what it must be, in sentences; none is right. */
  faults: string[];
}

/** What the steps share. */
export interface Drill {
  stack: DrilledStack;
  /** Of all back-ups, and of PostgreSQL's log. */
  backups: string;
  archive: string;
  /** Back-ups of the beginning: a dump, and a copy of the whole cluster. */
  dump: string;
  base: string;
  /** Last of what was sent before them. */
  lastBefore: SentEvent | undefined;
  /** A moment in the middle, and the totals then. */
  middle: { at: Date; totals: Totals };
  /** A key that was made before the back-ups. */
  key: string;
  /** The case that was erased after them. */
  erased: { organisation: string; caseId: string };
}

/** Seconds until everything that was accepted is in the totals. */
export async function catchUp(stack: DrilledStack): Promise<number> {
  const startedAt = performance.now();
  await stack.startServices();
  await stack.pipeline.settled(3_600_000);
  return (performance.now() - startedAt) / 1_000;
}

export async function countEvents({ pipeline }: DrilledStack, where = sql`true`): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count FROM event
    WHERE ${where}`.execute(pipeline.db);
  return rows[0]?.count ?? 0;
}

/** Options of the restore command that take one part of a back-up. */
export const ONLY = { database: ['--only', 'database'], streams: ['--only', 'streams'] } as const;
