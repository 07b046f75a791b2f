/** One database of a size: filled, checked, asked, and given further events; then removed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { connect, migrate } from '@effectstroom/database';
import { type Postgres, type Service, startNats, startPostgres, startService } from '@effectstroom/infra';
import { connectNats, createLog } from '@effectstroom/runtime';
import { jetstreamManager } from '@nats-io/jetstream';
import { type AnswerTimes, answerTimes } from '../bench/answer-times.ts';
import { FIGURES_QUESTIONS } from '../bench/figures-questions.ts';
import { type Memory, MemoryWatch } from '../bench/memory-watch.ts';
import { requireRoom } from '../fill/disk-needed.ts';
import { faultsOf } from '../fill/faults.ts';
import { type Filled, fill } from '../fill/fill.ts';
import { FILLING } from '../fill/filling-settings.ts';
import { serviceFiles } from '../harness/service-files.ts';
import { type Applied, applyEvents, sendEvents } from './apply-further.ts';
import { furtherEvents } from './further-events.ts';
import type { GrowthOptions, GrowthPoint } from './options.ts';
import { type TableSize, tableSizes } from './table-sizes.ts';

export interface Point extends GrowthPoint {
  events: number;
  filledPerSecond: number;
  fillMemoryBytes: number;
  tables: TableSize[];
  applied: Applied;
  /** Of an event in the stream, as JetStream counts. */
  streamBytesAnEvent: number;
  /** By name of the question; a text says why there are none. */
  times: Record<string, AnswerTimes | string>;
  /** Of a scrape, in milliseconds, and of the services at their highest. */
  scrapeMs: number;
  portalBytes: number | undefined;
  exporterBytes: number | undefined;
  versions: { PostgreSQL: string; 'nats-server': string };
}

const YEARS = 5;
const REQUESTS = 100;
const QUESTION_MS_MAX = 30_000;
const PROCESSORS = Math.min(4, availableParallelism());

/** @throws Error where there is too little room, or something does not add up. */
export async function measurePoint(
  point: GrowthPoint,
  options: GrowthOptions,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<Point> {
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'effectstroom-growth-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    requireRoom(folder, point.cases, tell);
    const { filled, tables } = await fillFolder(folder, point, options.seed, signal, tell);
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), signal });
    stops.push(() => postgres.stop());
    return await measureFilled({ point, options, folder, postgres, filled, tables, signal, tell, stops });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** @throws Error where what was filled does not add up. */
async function fillFolder(
  folder: string,
  point: GrowthPoint,
  seed: number,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<{ filled: Filled; tables: TableSize[] }> {
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings: FILLING, signal });
  const db = connect({ url: postgres.url, applicationName: 'growth', connectionsMax: 1 });
  try {
    await migrate(db);
    const filled = await fill({
      ...{ url: postgres.url, ...point, years: YEARS, processors: PROCESSORS, seed, tell },
    });
    signal.throwIfAborted();
    await requireNoFaults(postgres.url);
    return { filled, tables: await tableSizes(db) };
  } finally {
    await db.destroy();
    await postgres.stop();
  }
}

interface FilledPoint {
  point: GrowthPoint;
  options: GrowthOptions;
  folder: string;
  postgres: Postgres;
  filled: Filled;
  tables: TableSize[];
  signal: AbortSignal;
  tell: (line: string) => void;
  stops: (() => unknown)[];
}

async function measureFilled(of: FilledPoint): Promise<Point> {
  const { point, options, folder, postgres, filled, tables, signal, tell, stops } = of;
  const nats = await startNats({ folder: join(folder, 'nats'), signal });
  stops.push(() => nats.stop());
  const servers = { DATABASE_URL: postgres.url, NATS_URL: nats.url };
  const env = { ...servers, ...serviceFiles(folder), LOG_LEVEL: 'warn', VERIFY_CRON: '0 0 1 1 *' };
  const start = async (name: 'portal' | 'exporter' | 'ingest' | 'calculator'): Promise<Service> => {
    const service = await startService({ name, folder: join(folder, 'run'), signal, env });
    stops.push(() => service.stop());
    return service;
  };
  const [portal, exporter] = [await start('portal'), await start('exporter')];
  const { times, scrapeMs, portalBytes, exporterBytes } = await askWatched(of, portal, exporter);
  await Promise.all([portal.stop(), exporter.stop()]);
  const count = options.furtherEvents;
  const events = furtherEvents({
    ...point,
    ...filled,
    count,
    seed: options.seed,
    years: YEARS,
    municipalities: point.municipalities,
  });
  const ingest = await start('ingest');
  await sendEvents(ingest, events);
  const stream = await streamState(nats.url);
  const applied = await applyEvents(postgres.url, count, stream.last, () => start('calculator'));
  tell(`  ${Math.round(applied.eventsPerSecond)} events a second`);
  await requireNoFaults(postgres.url);
  return {
    ...{
      ...point,
      events: filled.events,
      filledPerSecond: point.cases / filled.seconds,
      tables,
      applied,
      times,
    },
    ...{ fillMemoryBytes: filled.memoryBytes, scrapeMs, portalBytes, exporterBytes },
    streamBytesAnEvent: stream.bytes / count,
    versions: { PostgreSQL: postgres.version, 'nats-server': nats.version },
  };
}

/** Asks every question and scrapes once, with an eye on the memory of both. */
async function askWatched(
  { options, filled, signal, tell }: FilledPoint,
  portal: Service,
  exporter: Service,
): Promise<Pick<Point, 'times' | 'scrapeMs' | 'portalBytes' | 'exporterBytes'>> {
  const watches = [new MemoryWatch(portal.pid), new MemoryWatch(exporter.pid)];
  let memories: (Memory | undefined)[] = [];
  const times: Point['times'] = {};
  let scrapeMs: number;
  try {
    for (const question of FIGURES_QUESTIONS) {
      signal.throwIfAborted();
      const limits = { seed: options.seed, requests: REQUESTS, msMax: QUESTION_MS_MAX };
      times[question.name] = await answerTimes(question, { portalUrl: portal.url, asked: filled, ...limits });
      tell(`  ${question.name}: ${JSON.stringify(times[question.name])}`);
    }
    scrapeMs = await scrape(exporter);
  } finally {
    memories = watches.map((watch) => watch.stop());
  }
  const [portalBytes, exporterBytes] = memories.map((memory) => memory?.highest);
  return { times, scrapeMs, portalBytes, exporterBytes };
}

async function requireNoFaults(url: string): Promise<void> {
  const db = connect({ url, applicationName: 'growth', connectionsMax: 1 });
  try {
    const faults = await faultsOf(db);
    if (faults.length > 0) throw new Error(`It does not add up: ${faults.join('; ')}`);
  } finally {
    await db.destroy();
  }
}

/** Milliseconds of the whole page; the exporter is ready once it has read the figures. */
async function scrape({ url }: Service): Promise<number> {
  const askedAt = performance.now();
  const response = await fetch(`${url}/metrics`);
  await response.text();
  if (response.status !== 200) throw new Error(`/metrics answers ${response.status}`);
  return performance.now() - askedAt;
}

async function streamState(url: string): Promise<{ last: bigint; bytes: number }> {
  const connection = await connectNats(createLog('growth', 'warn'), url, 'growth');
  try {
    const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
    return { last: BigInt(state.last_seq), bytes: state.bytes };
  } finally {
    await connection.close();
  }
}
