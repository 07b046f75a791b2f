/** One world of a run: its parts, load, faults, and the comparison at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pendingOf } from '../harness/pending.ts';
import { until } from '../harness/until.ts';
import type { Fault } from './fault.ts';
import { judge, type Verdict } from './judge.ts';
import type { Administrator } from './load/administrator.ts';
import type { Counts } from './load/counts.ts';
import { Load } from './load/load.ts';
import { Probe } from './probe.ts';
import { type Strike, strike } from './strikes.ts';
import { World } from './world.ts';
import { KEYS } from './world-parts.ts';

export interface RunOptions {
  minutes: number;
  seed: number;
  faults: readonly Fault[];
  eventsPerSecond: number;
  tell: (line: string) => void;
}

export interface WorldRunOptions extends RunOptions {
  /** Of the minutes. */
  share: number;
}

/** What one world went through. */
export interface WorldRun {
  place: 'here' | 'machines';
  versions: { postgres: string; nats: string };
  seconds: number;
  strikes: Strike[];
  /** Faults that could not be done, and why. */
  failed: string[];
  counts: Counts;
  settingsChanges: number;
  /** How often a part ended, by part and how. */
  endings: ReadonlyMap<string, number>;
  verdict: Verdict;
  /** Answers 202: when, and for how many events. */
  answers: { at: number; events: number }[];
}

/** Beyond it an accepted event never comes into the totals. */
const SETTLED_MS = 180_000;
/** Everything, and an earlier version too, must have done something before it is struck. */
const WARM_UP_EVENTS = 300;
const WARM_UP_MS_MAX = 120_000;

/** A folder of its own, which stays where something is wrong. */
export async function runWorld(
  options: WorldRunOptions,
  place: WorldRun['place'],
  signal: AbortSignal,
): Promise<WorldRun> {
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-faults-'));
  let isRight = false;
  try {
    const run = await inWorld(options, place, folder, signal);
    isRight = run.verdict.faults.length === 0;
    return run;
  } finally {
    if (isRight || signal.aborted) rmSync(folder, { recursive: true, force: true });
    else options.tell(`what was left behind is in ${folder}`);
  }
}

async function inWorld(
  options: WorldRunOptions,
  place: WorldRun['place'],
  folder: string,
  signal: AbortSignal,
): Promise<WorldRun> {
  const { faults, seed, tell, minutes, share } = options;
  const world = await World.start({ faults, place, folder, longestMs: longestMs(minutes), tell }, signal);
  try {
    tell(`PostgreSQL ${world.versions.postgres}, nats-server ${world.versions.nats} and the services are up`);
    const stuck = new AbortController();
    const url = world.ingestUrl;
    const load = new Load({ seed, url, folder, eventsPerSecond: options.eventsPerSecond });
    world.load = load;
    load.start((error) => stuck.abort(error));
    const stop = AbortSignal.any([signal, stuck.signal]);
    const probe = await makeProbe(world, load.administrator, folder, patienceMs(minutes));
    const start = performance.now();
    const isWarm = async () => load.counts.accepted.events >= WARM_UP_EVENTS;
    await until(isWarm, `${WARM_UP_EVENTS} events are accepted`, WARM_UP_MS_MAX, stop);
    const end = start + share * minutes * 60_000;
    const { strikes, failed, notRecovered } = await strike(
      world,
      probe,
      { seed, faults, until: end, tell },
      stop,
    ).catch((error) => {
      throw stuck.signal.aborted ? stuck.signal.reason : error;
    });
    tell('no more faults: the last requests are answered');
    const waiting = [await load.stop()];
    await probe.close();
    const seconds = (performance.now() - start) / 1_000;
    waiting.push(await settled(world, signal));
    tell('comparing what the product holds with what was answered');
    const answers: WorldRun['answers'] = [];
    const verdict = await judge({
      databaseUrl: world.databaseUrl,
      files: [...load.files, probeFile(folder)],
      book: load.administrator.book,
      met: [notRecovered, ...waiting].filter((fault) => fault !== undefined),
      onAccepted: (at, events) => answers.push({ at, events }),
    });
    const { counts, administrator } = load;
    const { versions, endings } = world;
    const settingsChanges = administrator.changes;
    return { place, versions, seconds, strikes, failed, counts, settingsChanges, endings, verdict, answers };
  } finally {
    await world.end();
  }
}

function probeFile(folder: string): string {
  return join(folder, 'probe.ndjson');
}

function makeProbe(
  world: World,
  administrator: Administrator,
  folder: string,
  patienceMs: number,
): Promise<Probe> {
  const [portalUrl, exporterUrl] = [world.urlOf('portal'), world.urlOf('exporter')];
  return Probe.make(
    { ingestUrl: world.ingestUrl, portalUrl, exporterUrl, file: probeFile(folder), patienceMs },
    administrator,
  );
}

/** Short runs have short faults, so that there are many. */
function longestMs(minutes: number): number {
  if (minutes <= 3) return 1_500;
  return minutes <= 20 ? 10_000 : 30_000;
}

/**
 * Beyond it the product does not recover. A nats-server that does not store is given twice as long each time
 * before it is ended, to five minutes (infra/src/nats-watch.ts): faults that strike it often reach that.
 */
function patienceMs(minutes: number): number {
  return minutes <= 10 ? 120_000 : 420_000;
}

/** Waits until all is in the totals, by the word of the portal. @returns why it is not */
async function settled(world: World, signal: AbortSignal): Promise<string | undefined> {
  const isIn = async () => (await pendingOf(world.urlOf('portal'), KEYS.read)) === 0;
  try {
    await until(isIn, 'everything is in the totals', SETTLED_MS, signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    return cause === undefined ? message : `${message}: ${cause}`;
  }
}
