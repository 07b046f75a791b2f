/** Makes reports by the clock, in one of however many portals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { civilDateAt } from '@effectstroom/contracts';
import { type Database, underJobLock } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { schedule } from 'node-cron';
import { type Maker, makeDue } from './make-due.ts';

/** Milliseconds between attempts, and attempts after one time of the clock: together an hour. */
const AGAIN_MS = 5 * 60_000;
const ATTEMPTS_MAX = 12;

/**
 * Makes what is due at the given times and at the start, which makes up for downtime. While another
 * portal makes them, or something fails, it tries again for an hour; a report that is kept already is not
 * made twice.
 * @returns what stops it
 */
export function makeMonthly(maker: Maker, db: Kysely<Database>, cron: string): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  const start = (): void => {
    running ??= untilMade(maker, db, signal).finally(() => {
      running = undefined;
    });
  };
  const task = schedule(cron, start, { name: 'reports', timezone: 'Europe/Amsterdam', noOverlap: true });
  start();
  return async () => {
    stopping.abort();
    await task.destroy();
    await running;
  };
}

/** Never throws. */
async function untilMade(maker: Maker, db: Kysely<Database>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX && !signal.aborted; attempt++) {
    if (await isAllMade(maker, db, signal)) return;
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function isAllMade(maker: Maker, db: Kysely<Database>, signal: AbortSignal): Promise<boolean> {
  try {
    const outcome = await underJobLock(db, 'monthly reports', () =>
      makeDue(maker, civilDateAt(new Date()), signal),
    );
    if (outcome === undefined) return false;
    const { made, failed } = outcome;
    maker.log.info({ made, failed }, 'the monthly reports are made');
    return failed === 0;
  } catch (error) {
    maker.log.warn({ err: error }, 'the monthly reports could not be made now');
    return false;
  }
}
