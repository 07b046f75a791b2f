/** The servers of the scrape rounds, in a temporary folder that goes when they go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, loopback, startPostgres, startService } from '@effectstroom/infra';
import { FILLING } from '../fill/filling-settings.ts';
import { fillCountry } from './scrape-rows.ts';

export interface ScrapeServers {
  metricsUrl: string;
  exporterPort: number;
  databaseUrl: string;
  postgresVersion: string;
  folder: string;
}

/** Of the exporter. */
export const REFRESH_SECONDS = 10;

/** Fills a database, starts an exporter on it, does the work, and ends them whatever happens. */
export async function withScrapeServers<T>(
  themes: number,
  signal: AbortSignal,
  work: (servers: ScrapeServers) => Promise<T>,
): Promise<T> {
  const stops: (() => unknown)[] = [];
  try {
    const folder = mkdtempSync(join(tmpdir(), 'effectstroom-bench-'));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings: FILLING, signal });
    stops.push(() => postgres.stop());
    await fillCountry(postgres.url, themes);
    const env = {
      // Nothing listens there: what a stream says costs nothing to show.
      ...{ DATABASE_URL: postgres.url, NATS_URL: `nats://${loopback}:${await freePort()}` },
      ...{ REFRESH_SECONDS: String(REFRESH_SECONDS), DEADLINE_SECONDS: '60', LOG_LEVEL: 'error' },
    };
    const exporter = await startService({ name: 'exporter', folder: join(folder, 'run'), signal, env });
    stops.push(() => exporter.stop());
    signal.throwIfAborted();
    return await work({
      ...{ metricsUrl: `${exporter.url}/metrics`, exporterPort: exporter.port, folder },
      ...{ databaseUrl: postgres.url, postgresVersion: postgres.version },
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
