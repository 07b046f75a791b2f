import type { Database, ReadSource } from '@effectstroom/database';
import type { Transaction } from 'kysely';
import type { Period } from './periods.ts';

/** How far the stream has come. */
export interface StreamState {
  lastSequence: number;
  /** The moment it was made. */
  createdAt: Date;
}

/** Events and rows of a source that ingest refused in the last days; undefined where that is not known. */
export type CountRefused = (organisation: string, source: string, now: Date) => number | undefined;

/** A key that expires, by its id. */
export interface KeyExpiry {
  id: string;
  expiresAt: Date;
}

/** A file with certificates, and when the first of them expires; undefined where it cannot be read. */
export interface Certificate {
  file: string;
  expiresAt: Date | undefined;
}

/** What all collectors of a refresh read from: one snapshot of the database, one day, one stream state. */
export interface Scope {
  tx: Transaction<Database>;
  /** The server of that snapshot. */
  source: ReadSource;
  periods: readonly [Period, Period];
  /** Undefined where the stream did not answer. */
  stream: StreamState | undefined;
  /** The moment of the refresh. */
  now: Date;
  refused: CountRefused;
  /** Undefined where they were not read yet. */
  keys: readonly KeyExpiry[] | undefined;
  certificates: readonly Certificate[];
}

export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface GaugeDescription {
  /** What it says, on what basis, from where. */
  help: string;
  labels: readonly string[];
}

/** One subject of /metrics: its gauges by name, and the read that fills them. What is unknown is left out. */
export interface Collector<Gauge extends string = string> {
  subject: string;
  gauges: Readonly<Record<Gauge, GaugeDescription>>;
  read(scope: Scope): Promise<Readonly<Record<Gauge, readonly Sample[]>>>;
}

/** Gives a collector its type: `read` must fill exactly the gauges that are described. */
export function defineCollector<Gauge extends string>(collector: Collector<Gauge>): Collector<Gauge> {
  return collector;
}

/** A gauge without labels: one sample, or none where the value is unknown. */
export function single(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ labels: {}, value }];
}
