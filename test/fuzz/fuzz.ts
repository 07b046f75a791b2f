/** Garbage for every way in, drawn from a seed, and a look for what must not have been kept of it. */
import fc from 'fast-check';
import type { Entrance, Tally, World } from './entrance.ts';
import { byteEntrances } from './entrances/bytes.ts';
import { eventEntrances } from './entrances/events.ts';
import { importEntrances, putImportMapping } from './entrances/imports.ts';
import { notificationEntrances } from './entrances/notifications.ts';
import { questionEntrances } from './entrances/questions.ts';
import { settingsEntrances } from './entrances/settings.ts';
import { Leaks } from './leaks.ts';
import { Markers } from './marker.ts';
import { FuzzStack } from './stack.ts';

const ENTRANCES: readonly Entrance[] = [
  ...eventEntrances,
  ...settingsEntrances,
  ...importEntrances,
  ...notificationEntrances,
  ...questionEntrances,
  ...byteEntrances,
];

/** Inputs after which is looked for leaks: fewer than refusals of one key that are kept. */
const LOOK_EVERY = 2_000;

export interface FuzzOptions {
  seed: number;
  /** Inputs of all entrances together. */
  inputs: number;
  /** Only entrances whose names hold this. */
  only?: string;
  /** Told what happens. */
  tell: (line: string) => void;
}

/** Tries all entrances. @returns everything that is not as it must be, in sentences */
export async function fuzz({ seed, inputs, only = '', tell }: FuzzOptions): Promise<string[]> {
  const stack = new FuzzStack();
  const entrances = ENTRANCES.filter(({ name }) => name.includes(only));
  const shares = entrances.reduce((sum, { share }) => sum + share, 0);
  try {
    await stack.start();
    const world: World = { stack, markers: new Markers(), events: new Set() };
    const leaks = new Leaks(stack, world.markers);
    await putImportMapping(world);
    const rounds = Math.ceil(inputs / LOOK_EVERY);
    const tallies = new Map(entrances.map((entrance) => [entrance, new Map()]));
    for (let round = 0; round < rounds; round++) {
      const faults: string[] = [];
      for (const entrance of entrances) {
        const share = (inputs * entrance.share) / shares;
        const count = Math.round((share * (round + 1)) / rounds) - Math.round((share * round) / rounds);
        const tally = tallies.get(entrance) ?? new Map();
        const fault =
          count > 0 ? await tryOut(world, entrance, { seed: seed + round, count, tally }) : undefined;
        if (fault !== undefined) faults.push(fault);
      }
      faults.push(...(await leaks.find()), ...missing(world, leaks));
      if (faults.length > 0) return faults;
      if (rounds > 3) tell(`round ${round + 1} of ${rounds}: ${world.markers.refused.size} refused so far`);
    }
    for (const [{ name }, tally] of tallies) tell(`${name.padEnd(30)} ${describe(tally)}`);
    const { accepted, refused } = world.markers;
    tell(`${accepted.size} inputs accepted, ${refused.size} refused and kept nowhere`);
    tell(`${leaks.events.size} events in the stream`);
    return [];
  } finally {
    await stack.end();
  }
}

async function tryOut(
  world: World,
  { name, input, try: attempt }: Entrance,
  { seed, count, tally }: { seed: number; count: number; tally: Tally },
): Promise<string | undefined> {
  const property = fc.asyncProperty(input, (one) => attempt(world, one, tally));
  const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
    seed,
    numRuns: count,
    interruptAfterTimeLimit: 600_000,
  });
  if (!failed) return undefined;
  const smallest = fc.stringify(counterexample).slice(0, 3_000);
  const where = `${name}, seed ${seed}, path ${counterexamplePath}`;
  return `${where}: ${String(errorInstance)}\n  smallest input: ${smallest}`;
}

/** What was accepted and is not in the stream, or is there without that. What imports sent is only there. */
function missing({ events }: World, leaks: Leaks): string[] {
  const lost = [...events].filter((event) => !leaks.events.has(event));
  const own = [...leaks.events].filter((event) => !/^[\w-]{43} /.test(event));
  const more = own.filter((event) => !events.has(event));
  return [
    ...lost.slice(0, 10).map((event) => `accepted, and not in the stream: ${event}`),
    ...more.slice(0, 10).map((event) => `in the stream, and not accepted: ${event}`),
  ];
}

function describe(tally: Tally): string {
  const counts = [...tally].sort(([a], [b]) => (a < b ? -1 : 1));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return `${String(total).padStart(6)}  ${counts.map(([status, count]) => `${status}: ${count}`).join(', ')}`;
}
