/**
 * Measures how long the product stands still: five times a second an event for each partition is offered, as by a
 * client that insists, and it is looked when all of them are in the totals.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_PARTITIONS, partitionOf } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { PLACE } from '../harness/plain-programme.ts';
import { probeEvents } from './events.ts';
import type { Load } from './load.ts';

const EVERY_MS = 200;
const LOOK_EVERY_MS = 25;

/** One probe, in `performance.now()`; undefined what has not come about. */
export interface Probe {
  offeredAt: number;
  acceptedAt: number | undefined;
  countedAt: number | undefined;
}

/** The longest of some probes, in milliseconds from when they were offered. */
export interface Standstill {
  probes: number;
  acceptedMs: number;
  /** Until it was accepted, and it or a later one of the same cases counted. */
  countedMs: number;
}

/** Nothing may stand still for longer. */
export const STANDSTILL_MS_MAX = 20_000;

/** What stood still for too long, in a sentence; none where it did not. */
export function tooLong(what: string, { acceptedMs, countedMs }: Omit<Standstill, 'probes'>): string[] {
  const longest = Math.max(acceptedMs, countedMs);
  if (longest <= STANDSTILL_MS_MAX) return [];
  const [stood, most] = [longest, STANDSTILL_MS_MAX].map((ms) => (ms / 1_000).toFixed(1));
  return [`${what}: an event waited for ${stood} s, not ${most} s at most`];
}

export class Probes {
  readonly #load: Load;
  readonly #db: Kysely<Database>;
  readonly #caseIds = casesOfAllPartitions();
  readonly #probes: Probe[] = [];
  #counted = 0;
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(load: Load, db: Kysely<Database>) {
    this.#load = load;
    this.#db = db;
    this.#running = Promise.all([this.#offer(), this.#look()]);
    this.#running.catch(() => undefined); // looked at in end()
  }

  /** Whether everything that was offered is in the totals, but for what was offered just now. */
  isCalm(): boolean {
    const at = this.#probes.findLastIndex(({ offeredAt }) => performance.now() - offeredAt > 1_000);
    return at < this.#counted && this.#probes.length > 0;
  }

  /** Of the probes offered in a span of `performance.now()`; what is not in yet lasts until now. */
  standstill(from: number, to: number): Standstill {
    const of = this.#probes.filter(({ offeredAt }) => offeredAt >= from && offeredAt <= to);
    const now = performance.now();
    const longest = (endOf: (probe: Probe) => number) =>
      of.reduce((most, probe) => Math.max(most, endOf(probe) - probe.offeredAt), 0);
    const acceptedAt = (probe: Probe) => probe.acceptedAt ?? now;
    // A later one, sent to another ingest, may count while a client still waits for the answer to this one.
    const countedAt = (probe: Probe) => Math.max(acceptedAt(probe), probe.countedAt ?? now);
    return { probes: of.length, acceptedMs: longest(acceptedAt), countedMs: longest(countedAt) };
  }

  /** Ends once every probe was accepted. @throws Error where one never was */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #offer(): Promise<void> {
    const offers: Promise<void>[] = [];
    const start = performance.now();
    for (let number = 0; !this.#stop.signal.aborted; number++) {
      const probe: Probe = { offeredAt: performance.now(), acceptedAt: undefined, countedAt: undefined };
      this.#probes.push(probe);
      const offer = this.#load.send(probeEvents(number, this.#caseIds), number).then(() => {
        probe.acceptedAt = performance.now();
      });
      offer.catch(() => undefined); // thrown below
      offers.push(offer);
      await sleep(Math.max(0, start + (number + 1) * EVERY_MS - performance.now()));
    }
    await Promise.all(offers);
  }

  async #look(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // PostgreSQL may be the one that is away.
      const least = await this.#newestOfAll().catch(() => -1);
      const now = performance.now();
      for (; this.#counted <= least; this.#counted++) {
        const probe = this.#probes[this.#counted];
        if (probe !== undefined) probe.countedAt = now;
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** The newest probe whose events, or later ones of the same cases, count in every partition; -1 for none. */
  async #newestOfAll(): Promise<number> {
    const { rows } = await sql<{ id: string }>`SELECT e.id FROM case_state s
      JOIN event e ON e.organisation = s.organisation AND e.number = s.counted
      WHERE s.case_id = ANY(${[...this.#caseIds]})`.execute(this.#db);
    const numbers = rows.map(({ id }) => Number(id.slice(id.lastIndexOf('-') + 1)));
    return numbers.length < this.#caseIds.length ? -1 : Math.min(...numbers);
  }
}

/** A case for each partition. */
function casesOfAllPartitions(): string[] {
  const found = new Map<number, string>();
  for (let number = 0; found.size < DEFAULT_PARTITIONS; number++) {
    const caseId = `probe.${number}`;
    found.set(partitionOf(PLACE.organisation, caseId, DEFAULT_PARTITIONS), caseId);
  }
  return [...found.values()];
}
