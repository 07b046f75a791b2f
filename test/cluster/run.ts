/** One run: the machines, the load, what happens to them, and the verdict. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@effectstroom/database';
import { hasPrevious, previousCommit } from '../faults/kinds/previous-version.ts';
import { commitOf, unpackVersion } from '../harness/older-version.ts';
import { setGuard } from './guard.ts';
import { judge, putSettings, type Verdict } from './judge.ts';
import { Load } from './load.ts';
import { Machines, NATS } from './machines.ts';
import { natsVersions } from './nats-versions.ts';
import type { ClusterOptions } from './options.ts';
import { type Replacement, upgradeAll } from './rolling-upgrade.ts';
import { Probes, type Standstill, tooLong } from './standstill.ts';
import { StreamState } from './stream-state.ts';
import { calm, type Strike, strikeAll } from './strikes.ts';

/** Of the report, where there is nothing older to begin with: then each is replaced by its like. */
const SAME = 'the same as after: no earlier version in the history that is here';

export interface Outcome {
  versions: Record<string, string>;
  /** The longest of the probes while nothing happened. */
  calm: Standstill;
  strikes: Strike[];
  replacements: Replacement[];
  /** What clients met in all. */
  met: { sent: number; read: number; retried: Record<string, number>; longestMs: number };
  verdict: Verdict;
  /** Of the verdict, and what stood still for too long; in sentences. */
  faults: string[];
}

/** @throws Error where the product does not go on, or `signal` aborts */
export async function runCluster(options: ClusterOptions, signal: AbortSignal): Promise<Outcome> {
  const upgrades = options.parts.includes('upgrade');
  const { before, after } = await natsVersions(options.natsVersions);
  const machines = await Machines.make(upgradesServers(options) ? before : after);
  const ends: (() => Promise<unknown>)[] = [];
  const versions: Record<string, string> = { 'nats-server': machines.versions.nats.version.join('.') };
  try {
    if (upgrades) {
      const commit = options.from === undefined ? newestEarlier() : commitOf(options.from);
      versions['services before'] = commit ?? SAME;
      if (commit !== undefined) {
        const older = join(machines.folder, 'older');
        unpackVersion(commit, older);
        machines.versions.code = older;
      }
    }
    process.stdout.write(
      'ten machines: three nats-servers, PostgreSQL, two calculators, ingests and portals …\n',
    );
    await machines.start();
    versions['PostgreSQL'] = machines.postgres.running.version;
    const db = connect({ url: machines.postgres.running.url, applicationName: 'test', connectionsMax: 2 });
    ends.push(() => db.destroy());
    await setGuard(db);
    await putSettings(machines);
    const load = new Load(machines, options.seed);
    const probes = new Probes(load, db);
    const stream = await StreamState.open(machines);
    ends.push(() => stream.close());
    const world = { machines, stream, probes, load, db };
    await calm(stream, probes, options.calmSeconds, signal);
    const from = performance.now();
    await sleep(2_000 * options.calmSeconds, undefined, { signal });
    const calmly = probes.standstill(from, performance.now() - 500);
    // First the upgrade, so that what is struck is what runs now.
    let replacements: Replacement[] = [];
    if (upgrades) {
      Object.assign(machines.versions, { code: undefined, nats: after });
      replacements = await upgradeAll(world, options, signal);
      const [first] = NATS;
      versions['nats-server'] += upgraded(versions['nats-server'], machines.nats(first).running.version);
    }
    const strikes = options.parts.includes('disturbances') ? await strikeAll(world, options, signal) : [];
    await probes.end();
    await load.end();
    const verdict = await judge(machines, load, db);
    const stoodStill = [
      ...strikes.flatMap((strike) => tooLong(strike.what, strike)),
      ...replacements.flatMap((replacement) => tooLong(`${replacement.target} replaced`, replacement)),
    ];
    const faults = [...verdict.faults, ...stoodStill];
    return { versions, calm: calmly, strikes, replacements, met: metBy(load), verdict, faults };
  } finally {
    for (const end of ends.toReversed()) await end();
    const faults = await machines.end();
    // biome-ignore lint/correctness/noUnsafeFinally: a part that ended by itself is the cause of what was thrown.
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }
}

function newestEarlier(): string | undefined {
  return hasPrevious() ? previousCommit() : undefined;
}

function upgradesServers({ parts, upgrades }: ClusterOptions): boolean {
  return parts.includes('upgrade') && NATS.some((name) => upgrades.includes(name));
}

function upgraded(before: string | undefined, after: string): string {
  return before === after ? '' : `, then ${after}`;
}

function metBy({ sending, reading }: Load): Outcome['met'] {
  const retried: Record<string, number> = {};
  for (const { retried: one } of [sending, reading])
    for (const [instead, count] of one) retried[instead] = (retried[instead] ?? 0) + count;
  const longestMs = Math.max(sending.longestMs, reading.longestMs);
  return { sent: sending.requests, read: reading.requests, retried, longestMs };
}
