/** What a scrape of a whole country costs, beside serving the same bytes from memory. */
import { Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { BarePageRequest } from './bare-page.ts';
import { Child } from './child.ts';
import type { BenchOptions } from './options.ts';
import { scrape } from './scrape-page.ts';
import { savingsSeries } from './scrape-rows.ts';
import { REFRESH_SECONDS, type ScrapeServers, withScrapeServers } from './scrape-servers.ts';
import { type PrometheusCost, prometheusCost } from './scrape-store.ts';
import { quantile } from './statistics.ts';

/** Milliseconds of a scrape, from the request to the last byte. */
export interface ScrapeTimes {
  p50: number;
  p99: number;
}

export interface ScrapeSize {
  savingsSeries: number;
  /** Of the whole page. */
  series: number;
  bytes: number;
  compressedBytes: number;
  /** Of the exporter and of a bare server with the same bytes, in turns. */
  rounds: { exporter: ScrapeTimes; bare: ScrapeTimes }[];
  /** Milliseconds of the slowest scrape while a refresh goes by. */
  slowest: number;
  /** Seconds that all collectors read in one refresh. */
  readSeconds: number;
  prometheus: PrometheusCost;
}

/** 2 themes give 27,360 series of savings; 8 give each of 27,360 combinations its four. */
const THEMES = [2, 8];
const SCRAPES = 2_000;
const WARM_UP = 500;

/** Measures each size on a database and an exporter of its own. */
export async function measureScrape(
  { rounds }: BenchOptions,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<ScrapeSize[]> {
  const sizes: ScrapeSize[] = [];
  for (const themes of THEMES) {
    tell(`${savingsSeries(themes)} series of savings …`);
    const size = await withScrapeServers(themes, signal, (servers) => measureSize(themes, servers, rounds));
    tell(JSON.stringify(size));
    sizes.push(size);
  }
  return sizes;
}

async function measureSize(themes: number, servers: ScrapeServers, rounds: number): Promise<ScrapeSize> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bare = Child.start<BarePageRequest, string>('bare-page.ts');
  try {
    const { body, headers } = await scrape(servers.metricsUrl, agent);
    const text = gunzipSync(body).toString();
    const bareUrl = await bare.ask({ body, headers });
    const measured: ScrapeSize['rounds'] = [];
    for (let round = 0; round < rounds; round++)
      measured.push({
        bare: await timesOf(bareUrl, agent),
        exporter: await timesOf(servers.metricsUrl, agent),
      });
    return {
      ...{ savingsSeries: savingsSeries(themes), series: [...text.matchAll(/^[^#\n]/gm)].length },
      ...{ bytes: Buffer.byteLength(text), compressedBytes: body.length, rounds: measured },
      slowest: await slowestOf(servers.metricsUrl, agent),
      readSeconds: readSecondsIn(text),
      prometheus: await prometheusCost(servers),
    };
  } finally {
    agent.destroy();
    await bare.stop();
  }
}

async function timesOf(url: string, agent: Agent): Promise<ScrapeTimes> {
  for (let request = 0; request < WARM_UP; request++) await scrape(url, agent);
  const taken: number[] = [];
  for (let request = 0; request < SCRAPES; request++) taken.push((await scrape(url, agent)).milliseconds);
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
}

/** Scrapes without end until a refresh must have gone by: it renders in the same thread. */
async function slowestOf(url: string, agent: Agent): Promise<number> {
  const end = performance.now() + (REFRESH_SECONDS + 3) * 1000;
  let slowest = 0;
  while (performance.now() < end) slowest = Math.max(slowest, (await scrape(url, agent)).milliseconds);
  return slowest;
}

function readSecondsIn(text: string): number {
  const durations = [...text.matchAll(/^effectstroom_collector_duration_seconds\{.*\} (\S+)$/gm)];
  return durations.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
