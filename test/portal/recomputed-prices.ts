/** Figures at other prices, written afresh from the contract: line by line, with fractions. */
import type { InventedContribution, InventedLine } from './invented-cases.ts';
import { decimal, EURO } from './recomputed-figures.ts';
import type { PriceList, Programme } from './recomputed-question.ts';

interface PricedValue {
  of: InventedContribution;
  line: InventedLine;
  /** Micro-euros of one case. */
  value: bigint;
}

/** A sum of fractions that is exact: by divisor, so that it need not be brought under one. */
class Fractions {
  readonly #dividends = new Map<bigint, bigint>();

  add(dividend: bigint, divisor: bigint): void {
    this.#dividends.set(divisor, dividend + (this.#dividends.get(divisor) ?? 0n));
  }

  euros(): string {
    let [dividend, divisor] = [0n, 1n];
    for (const [other, sum] of this.#dividends) {
      dividend = dividend * other + sum * divisor;
      divisor *= other;
    }
    return decimal(dividend, divisor * EURO, 2);
  }
}

/** Exact where the product rounds each price once to a fraction of a micro-euro: the same in cents. */
export function atPrices(
  values: readonly PricedValue[],
  programmes: readonly Programme[],
  lists: readonly PriceList[],
  day: string,
) {
  const editions: Record<string, string | null> = {};
  const [gross, corrected] = [new Fractions(), new Fractions()];
  const municipal = [new Fractions(), new Fractions()] as const;
  const unpriced = new Fractions();
  for (const { of, line, value } of values) {
    const code = programmes.find(
      (one) =>
        one.municipality === of.municipality &&
        one.organisation === of.organisation &&
        one.programme === of.programme,
    )?.priceList;
    const edition = lists
      .find((list) => list.code === code)
      ?.editions.filter(({ from }) => from <= day)
      .at(-1);
    const isNamed = line.priced !== undefined && value > 0n;
    if (isNamed && code !== undefined) editions[code] = edition?.from ?? null;
    const price = edition?.items.find(({ service }) => service === line.priced?.service)?.price;
    const represented = value * BigInt(of.similarCases);
    const [to, from] =
      line.priced === undefined || price === undefined
        ? [1n, 1n]
        : [BigInt(price.replace('.', '')) * 10_000n, line.priced.price];
    const factor = BigInt(of.factor);
    gross.add(represented * 10_000n * to, from);
    corrected.add(represented * factor * to, from);
    if (line.municipal) municipal[0].add(represented * 10_000n * to, from);
    if (line.municipal) municipal[1].add(represented * factor * to, from);
    if (line.priced !== undefined && price === undefined) unpriced.add(represented * factor, 1n);
  }
  return {
    editions: Object.entries(editions)
      .sort()
      .map(([priceList, from]) => ({ priceList, from })),
    ...{ gross: gross.euros(), corrected: corrected.euros() },
    municipal: { gross: municipal[0].euros(), corrected: municipal[1].euros() },
    unpriced: unpriced.euros(),
  };
}
