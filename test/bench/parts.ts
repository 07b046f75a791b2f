/**
 * The parts of the bench, by name: something of the product, measured beside its limit and beside what one
 * might use instead.
 */
import type { Report } from '../reports/report.ts';
import { boardPart } from './board-rounds.ts';
import { calculatorPart } from './calculator-rounds.ts';
import { queriesPart } from './figures-rounds.ts';
import { importPart } from './import-rounds.ts';
import { ingestPart } from './ingest-rounds.ts';
import { latencyPart } from './latency.ts';
import type { BenchOptions, PartName } from './options.ts';
import { revaluationPart } from './revaluation-rounds.ts';
import { scrapePart } from './scrape-rounds.ts';

export interface BenchContext {
  options: BenchOptions;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Progress, for who waits. */
  tell: (line: string) => void;
}

/** A report without what all parts have in common. */
export type PartReport = Omit<Report, 'command' | 'seed'>;

/** Measures; ends whatever it started. @throws Error where what was done does not add up */
export type Part = (context: BenchContext) => Promise<PartReport>;

export const PARTS: Readonly<Record<PartName, Part>> = {
  ingest: ingestPart,
  calculator: calculatorPart,
  latency: latencyPart,
  queries: queriesPart,
  revaluation: revaluationPart,
  import: importPart,
  scrape: scrapePart,
  board: boardPart,
};
