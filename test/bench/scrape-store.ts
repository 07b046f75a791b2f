import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loopback, startPrometheus } from '@effectstroom/infra';
import type { ScrapeServers } from './scrape-servers.ts';

/** What the scrapes cost a real Prometheus. */
export interface PrometheusCost {
  /** Seconds of a scrape as it says itself, fetching and storing together; the middle of some. */
  seconds: number;
  samples: number;
  memoryBytes: number;
  /** Milliseconds of a sum per municipality over all savings, the middle of some. */
  sumMs: number;
}

const SCRAPES = 10;
const QUERY = 'sum by (municipality) (effectstroom_savings_euros)';

/** Lets a real Prometheus scrape the exporter some times, and asks it. */
export async function prometheusCost({ folder, exporterPort }: ScrapeServers): Promise<PrometheusCost> {
  const config = JSON.stringify({
    global: { scrape_interval: '2s', scrape_timeout: '2s' },
    scrape_configs: [
      { job_name: 'effectstroom', static_configs: [{ targets: [`${loopback}:${exporterPort}`] }] },
    ],
  });
  const prometheus = await startPrometheus({ folder: join(folder, 'prometheus'), config });
  try {
    await sleep((SCRAPES + 1) * 2_000);
    const one = async (expression: string) => (await prometheus.query(expression))[0]?.value ?? Number.NaN;
    const taken: number[] = [];
    for (let query = 0; query < SCRAPES; query++) {
      const started = performance.now();
      await prometheus.query(QUERY);
      taken.push(performance.now() - started);
    }
    return {
      seconds: await one('quantile_over_time(0.5, scrape_duration_seconds[20s])'),
      samples: await one('scrape_samples_scraped'),
      memoryBytes: residentBytes(prometheus.pid),
      sumMs: taken.toSorted((a, b) => a - b)[SCRAPES / 2] ?? Number.NaN,
    };
  } finally {
    await prometheus.stop();
  }
}

/** Memory of a process on Linux; NaN elsewhere. */
function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
