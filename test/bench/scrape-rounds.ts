/**
 * What a scrape of a whole country costs, beside the same bytes from memory and beside SQL at every scrape.
 */
import { Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { BareExporterRequest } from './bare-exporter.ts';
import type { BarePageRequest } from './bare-page.ts';
import { Child } from './child.ts';
import type { BenchOptions } from './options.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { scrape } from './scrape-page.ts';
import { scrapeReport } from './scrape-report.ts';
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
  /**
   * Of the exporter, of a bare server with the same bytes, and of one that asks PostgreSQL each time, in
   * turns.
   */
  rounds: { exporter: ScrapeTimes; bare: ScrapeTimes; asking: ScrapeTimes }[];
  /** Milliseconds of the slowest scrape while a refresh goes by. */
  slowest: number;
  /** Seconds that all collectors read in one refresh. */
  readSeconds: number;
  prometheus: PrometheusCost;
}

/** 2 themes give 27,360 series of savings; 8 give each of 27,360 combinations its four. */
const THEMES = [2, 8];
/** One that asks PostgreSQL each time is slow. */
const ASKING_SCRAPES = 10;
const WARM_UP_SHARE = 0.25;

/** Measures each size on a database and an exporter of its own. */
export async function scrapePart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const sizes: ScrapeSize[] = [];
  const versions: PartReport['versions'] = {};
  for (const themes of THEMES) {
    tell(`${savingsSeries(themes)} series of savings …`);
    const size = await withScrapeServers(themes, signal, (servers) => {
      versions['PostgreSQL'] = servers.postgresVersion;
      return measureSize(themes, servers, options);
    });
    tell(JSON.stringify(size.rounds));
    sizes.push(size);
  }
  return scrapeReport(sizes, versions);
}

async function measureSize(
  themes: number,
  servers: ScrapeServers,
  { rounds, scrapes }: BenchOptions,
): Promise<ScrapeSize> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bare = Child.start<BarePageRequest, string>('bare-page.ts');
  const asking = Child.start<BareExporterRequest, string>('bare-exporter.ts');
  try {
    const { body, headers } = await scrape(servers.metricsUrl, agent);
    const text = gunzipSync(body).toString();
    const bareUrl = await bare.ask({ body, headers });
    const askingUrl = await asking.ask({ databaseUrl: servers.databaseUrl });
    requireSeries(gunzipSync((await scrape(askingUrl, agent)).body).toString(), text);
    const measured: ScrapeSize['rounds'] = [];
    for (let round = 0; round < rounds; round++)
      measured.push({
        bare: await timesOf(bareUrl, agent, scrapes),
        exporter: await timesOf(servers.metricsUrl, agent, scrapes),
        asking: await timesOf(askingUrl, agent, ASKING_SCRAPES),
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
    await Promise.all([bare.stop(), asking.stop()]);
  }
}

/**
 * @throws Error where the exporter that asks each time says another saving than the product's, or has others
 */
function requireSeries(asking: string, product: string): void {
  const [one, other] = [asking, product].map(savingsIn);
  const differs = [...(one ?? [])].find(([labels, value]) => other?.get(labels) !== value);
  if (one?.size !== other?.size || differs !== undefined)
    throw new Error(
      `SQL at every scrape gives ${one?.size} series, the exporter ${other?.size}: ${differs?.[0]}`,
    );
}

/** By labels in order of their names. */
function savingsIn(text: string): Map<string, number> {
  const lines = text.matchAll(/^effectstroom_savings_euros\{(.*)\} (\S+)$/gm);
  return new Map(
    [...lines].map(([, labels = '', value]) => [labels.split(',').sort().join(), Number(value)]),
  );
}

async function timesOf(url: string, agent: Agent, scrapes: number): Promise<ScrapeTimes> {
  for (let request = 0; request < scrapes * WARM_UP_SHARE; request++) await scrape(url, agent);
  const taken: number[] = [];
  for (let request = 0; request < scrapes; request++) taken.push((await scrape(url, agent)).milliseconds);
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
