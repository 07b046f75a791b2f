import type { PriceList, Programme } from '@effectstroom/contracts';
import {
  type Database,
  type PricedCell,
  readPricedCells,
  readPriceLists,
  type SavingsQuestion,
} from '@effectstroom/database';
import type { Transaction } from 'kysely';
import { Prices } from './at-prices.ts';

export interface PricesQuestion {
  question: SavingsQuestion;
  /** Civil date: its prices are asked. */
  day: string;
  /** The programmes in scope, as known at the answer's moment. */
  programmes: readonly Programme[];
  /** The answer's moment, RFC 3339; undefined is now. */
  asOf: string | undefined;
  cellsMax: number;
}

/** Reads what {@link atPrices} needs: what was saved at each price, and the prices of the day. */
export async function readPrices(
  tx: Transaction<Database>,
  { question, day, programmes, asOf, cellsMax }: PricesQuestion,
): Promise<{ cells: PricedCell[]; prices: Prices }> {
  const cells = await readPricedCells(tx, question, cellsMax);
  const codes = programmes.flatMap(({ priceList }) => priceList ?? []);
  const lists = (await readPriceLists(tx, [...new Set(codes)], asOf)).map(({ body }) => body as PriceList);
  return { cells, prices: new Prices(programmes, lists, day) };
}
