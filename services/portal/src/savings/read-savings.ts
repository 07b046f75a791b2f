/** Reads what a savings answer is made of, all from one snapshot. */
import type { Savings, SavingsQuery } from '@effectstroom/contracts';
import { type Database, inSnapshot, readSavings } from '@effectstroom/database';
import type { Kysely, Transaction } from 'kysely';
import { savingsAnswer } from './answer.ts';
import { followingYearsOf } from './following-years.ts';
import { type Moments, momentsOf } from './moments.ts';
import { programmesOf } from './programmes.ts';
import { questionOf } from './question.ts';
import { readCompleteness } from './read-completeness.ts';
import { readPrices } from './read-prices.ts';

/** A group has a handful of cells: one for each kind of line and year. */
const CELLS_MAX = 100_000;

/** Goals in all groups together of which a sample is told. */
const STRATA_MAX = 50_000;

/**
 * The figures of a question.
 * @param organisations codes that may be read; undefined is all
 */
export function answerSavings(
  db: Kysely<Database>,
  query: SavingsQuery,
  organisations: readonly string[] | undefined,
): Promise<Savings> {
  return inSnapshot(db, async (tx) => savingsIn(tx, query, organisations, await momentsOf(tx, query.asOf)));
}

/** The same, in the snapshot of a transaction. */
export async function savingsIn(
  tx: Transaction<Database>,
  query: SavingsQuery,
  organisations: readonly string[] | undefined,
  { asOf, moment }: Moments,
): Promise<Savings> {
  const programmes = await programmesOf(tx, query, organisations, asOf);
  const followingYears = followingYearsOf(programmes, query);
  const options = { cellsMax: CELLS_MAX, strataMax: STRATA_MAX, longestAtLeast: followingYears };
  const question = { ...questionOf(query, organisations), asOf: moment };
  const cells = await readSavings(tx, question, options);
  const { longest } = cells;
  const day = query.prices;
  const ofPrices = { question, programmes, asOf: asOf ?? undefined, cellsMax: CELLS_MAX };
  const priced = day === undefined ? undefined : await readPrices(tx, { ...ofPrices, day });
  const completeness = await readCompleteness(tx, { query, organisations, programmes, asOf, longest });
  const input = { query, cells, programmes, followingYears, asOf, organisations, completeness };
  return savingsAnswer({ ...input, priced });
}
