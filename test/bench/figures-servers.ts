/** A filled PostgreSQL and a portal on it, in a temporary folder that goes when they go. */

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, migrate } from '@effectstroom/database';
import { startNats, startPostgres, startService } from '@effectstroom/infra';
import { faultsOf } from '../fill/faults.ts';
import { type Filled, fill } from '../fill/fill.ts';
import { FILLING } from '../fill/filling-settings.ts';

export interface FiguresServers {
  portalUrl: string;
  databaseUrl: string;
  filled: Filled;
  /** Of the whole database. */
  bytes: number;
  postgresVersion: string;
}

export interface FiguresFilling {
  cases: number;
  seed: number;
  /** The last year of cases, 2025 where nothing is said. */
  lastYear?: number;
  signal: AbortSignal;
  tell: (line: string) => void;
}

const MUNICIPALITIES = 342;
const YEARS = 5;
/** More threads fill faster, up to what PostgreSQL writes. */
const PROCESSORS = Math.min(4, availableParallelism());

/** Fills, starts PostgreSQL again as it is in use, does the work and ends everything. */
export async function withFiguresServers<T>(
  options: FiguresFilling,
  work: (servers: FiguresServers) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-bench-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const { filled, bytes } = await fillFolder(folder, options);
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), signal });
    stops.push(() => postgres.stop());
    const nats = await startNats({ folder: join(folder, 'nats'), signal });
    stops.push(() => nats.stop());
    const env = { DATABASE_URL: postgres.url, NATS_URL: nats.url, LOG_LEVEL: 'warn', LOCAL_KEYS: 'true' };
    const portal = await startService({ name: 'portal', folder: join(folder, 'run'), signal, env });
    stops.push(() => portal.stop());
    const { url: databaseUrl } = postgres;
    return await work({
      portalUrl: portal.url,
      databaseUrl,
      filled,
      bytes,
      postgresVersion: postgres.version,
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** @throws Error where what was filled does not add up. */
async function fillFolder(
  folder: string,
  { cases, seed, lastYear, signal, tell }: FiguresFilling,
): Promise<{ filled: Filled; bytes: number }> {
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings: FILLING, signal });
  const db = connect({ url: postgres.url, applicationName: 'bench', connectionsMax: 1 });
  try {
    await migrate(db);
    const { url } = postgres;
    const of = { municipalities: MUNICIPALITIES, years: YEARS, processors: PROCESSORS };
    const filled = await fill({ url, cases, ...of, seed, tell, ...(lastYear !== undefined && { lastYear }) });
    signal.throwIfAborted();
    const faults = await faultsOf(db);
    if (faults.length > 0) throw new Error(`What was filled does not add up: ${faults.join('; ')}`);
    const size = await db
      .selectNoFrom(({ fn, val }) => fn<bigint>('pg_database_size', [val('effectstroom')]).as('bytes'))
      .executeTakeFirstOrThrow();
    return { filled, bytes: Number(size.bytes) };
  } finally {
    await db.destroy();
    await postgres.stop();
  }
}
