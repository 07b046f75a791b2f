/**
 * Fills an empty database with invented cases, by the calculator's own rules and writes, without a stream:
 * what is in it afterwards is what a calculator would have made of the same events.
 */
import { priceListEvent, programmeEvent, type SettingsEvent } from '@effectstroom/contracts';
import { type Micros, moveKnownAt, movePositions } from '@effectstroom/database';
import { sql } from 'kysely';
import { movedTo } from '../../services/calculator/src/apply.ts';
import { applySettings } from '../../services/calculator/src/revalue.ts';
import type { WorkerState } from '../../services/calculator/src/worker-state.ts';
import { lastSequence } from './arrivals.ts';
import { fillParts } from './fill-parts.ts';
import { inventWorld, type World } from './invent-world.ts';
import { PARTITIONS, withQuietWorker } from './quiet-worker.ts';

export interface FillOptions {
  /** With the product's schema, and nothing in it. */
  url: string;
  cases: number;
  municipalities: number;
  years: number;
  seed: number;
  /** The last year of cases, 2025 where nothing is said. */
  lastYear?: number;
  /**
   * Processors that make the events, each for organisations of its own; PostgreSQL takes half as many more.
   */
  processors: number;
  signal?: AbortSignal;
  tell: (line: string) => void;
}

export interface Filled {
  events: number;
  /** Of all cases, with the price correction at the end. */
  seconds: number;
  /** The most that this process has used; what it was asked before is in it. */
  memoryBytes: number;
  /** 'YYYY-MM-DD'. */
  firstDay: string;
  lastDay: string;
  municipalities: readonly string[];
}

/** The last year of a filling where nothing is said. */
const LAST_YEAR = 2025;
const MINUTE_MICROS = 60_000_000n;

/** @throws Error where the database is not empty, or `signal` aborts */
export async function fill(options: FillOptions): Promise<Filled> {
  const { cases, municipalities, years, seed, url, tell, signal, lastYear = LAST_YEAR } = options;
  const startedAt = performance.now();
  const firstYear = lastYear - years + 1;
  const firstDay = `${firstYear}-01-01`;
  const lastDay = `${lastYear}-12-31`;
  const ofWorld = { cases, municipalities, firstYear, years };
  const world = inventWorld(ofWorld);
  const from = BigInt(Date.parse(`${firstDay}T08:00:00Z`)) * 1_000n;
  const to = BigInt(Date.parse(`${lastDay}T16:00:00Z`)) * 1_000n;
  const createdAt = `${firstDay}T00:00:00Z`;
  const work = async (state: WorkerState): Promise<number> => {
    await requireEmpty(state);
    const before = settingsBefore(world);
    for (const [place, event] of before.entries())
      await applySettings(state, { kind: 'settings', sequence: BigInt(place + 1), storedAt: from, event });
    tell(`${before.length} settings are in`);
    const firstSequence = BigInt(before.length + 1);
    const timeline = { cases, partitions: PARTITIONS, epoch: state.epoch, firstSequence, from, to };
    const ofParts = { url, createdAt, timeline, ofWorld, seed, firstDay };
    const written = await fillParts(ofParts, options.processors, tell, signal);
    const sequence = lastSequence(timeline);
    await moveOn(state, sequence, to);
    tell('the correction of a price …');
    const event = priceListEvent(world.correction, 'fill-correction', new Date(Number(to / 1_000n)));
    const message = {
      kind: 'settings',
      sequence: sequence + 1n,
      storedAt: to + MINUTE_MICROS,
      event,
    } as const;
    await applySettings(state, message);
    await moveKnownAt(state.session.db, state.positions);
    await sql`VACUUM (ANALYZE)`.execute(state.session.db);
    return written;
  };
  const events = await withQuietWorker(url, createdAt, work, signal);
  const names = [...new Set(world.places.map(({ municipality }) => municipality))];
  const seconds = (performance.now() - startedAt) / 1_000;
  const memoryBytes = process.resourceUsage().maxRSS * 1_024;
  return { events, seconds, memoryBytes, firstDay, lastDay, municipalities: names };
}

async function requireEmpty({ session }: WorkerState): Promise<void> {
  const { rows } = await sql<{ isEmpty: boolean }>`SELECT NOT EXISTS (SELECT FROM event)
    AND NOT EXISTS (SELECT FROM settings) AS "isEmpty"`.execute(session.db);
  if (!rows[0]?.isEmpty) throw new Error('The database has events or settings: fill an empty one');
}

function settingsBefore({ priceLists, programmes }: World): SettingsEvent[] {
  const time = new Date(0);
  return [
    ...priceLists.map((list) => priceListEvent(list, `fill-${list.code}`, time)),
    ...programmes.map((programme) =>
      programmeEvent(programme, `fill-${programme.municipality}-${programme.organisation}`, time),
    ),
  ];
}

/** The positions pass the messages of all cases. */
async function moveOn(state: WorkerState, sequence: bigint, storedAt: Micros): Promise<void> {
  const target = { sequence, storedAt, knownAt: storedAt };
  await state.session.db.transaction().execute((tx) => movePositions(tx, state.positions, target));
  state.positions = state.positions.map((position) => movedTo(position, target));
}
