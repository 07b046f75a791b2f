/**
 * What the same lines would save at the prices of another day: beside the recorded figures, never over them.
 */
import type { PriceList, Programme, SavingsFigures } from '@effectstroom/contracts';
import type { PricedCell } from '@effectstroom/database';
import {
  CORRECTED_DECIMALS,
  divideRounded,
  formatDecimal,
  GROSS_DECIMALS,
  inForce,
  parseEuros,
} from '@effectstroom/valuation';
import { correctedEuros } from '../euros.ts';

type AtPrices = NonNullable<SavingsFigures['atPrices']>;

interface Edition {
  from: string;
  /** Micro-euros a unit, by service. */
  prices: ReadonlyMap<string, bigint>;
}

/** The prices in force on a day, for each programme. */
export class Prices {
  readonly #lists = new Map<string, string>();
  readonly #editions: ReadonlyMap<string, Edition | undefined>;

  constructor(programmes: readonly Programme[], lists: readonly PriceList[], day: string) {
    for (const programme of programmes)
      if (programme.priceList !== undefined) this.#lists.set(nameOf(programme), programme.priceList);
    this.#editions = new Map(lists.map((list) => [list.code, editionOf(list, day)]));
  }

  /** The price list of a cell's programme. */
  listOf(cell: PricedCell): string | undefined {
    return this.#lists.get(nameOf(cell));
  }

  /** First day of the edition in force; null where there is none. */
  editionFrom(list: string): string | null {
    return this.#editions.get(list)?.from ?? null;
  }

  /** Micro-euros a unit; undefined where the service has no price then. */
  priceOf(list: string | undefined, service: string): bigint | undefined {
    return list === undefined ? undefined : this.#editions.get(list)?.prices.get(service);
  }
}

/** Decimals that quotients of prices keep more than sums have, so that cents are not rounded twice. */
const FINER = 12;

interface Sum {
  recorded: bigint;
  /** Undefined: kept as recorded. */
  price: bigint | undefined;
  gross: bigint;
  corrected: bigint;
  municipal: { gross: bigint; corrected: bigint };
}

/**
 * Values lines at other prices: what was recorded × the price of then ÷ the price recorded, for each price
 * list, service and recorded price. A recorded price of 0 tells no quantity: it stays 0.
 */
export function atPrices(cells: readonly PricedCell[], prices: Prices): AtPrices {
  const lists = new Set<string>();
  const sums = new Map<string, Sum>();
  let unpriced = 0n;
  for (const cell of cells) {
    const list = prices.listOf(cell);
    if (cell.priced !== undefined && list !== undefined) lists.add(list);
    const price = cell.priced && prices.priceOf(list, cell.priced.service);
    if (cell.priced !== undefined && price === undefined) unpriced += cell.corrected;
    const recorded = cell.priced?.price ?? 0n;
    const scale = price === undefined || recorded === 0n ? '' : `${list} ${cell.priced?.service} ${recorded}`;
    let sum = sums.get(scale);
    if (sum === undefined) {
      const to = scale === '' ? undefined : price;
      sum = { recorded, price: to, gross: 0n, corrected: 0n, municipal: { gross: 0n, corrected: 0n } };
      sums.set(scale, sum);
    }
    addTo(sum, cell);
    if (cell.municipal) addTo(sum.municipal, cell);
  }
  const total = (of: (sum: Sum) => bigint) =>
    [...sums.values()].reduce((all, sum) => all + scaled(of(sum), sum), 0n);
  return {
    editions: [...lists].sort().map((priceList) => ({ priceList, from: prices.editionFrom(priceList) })),
    gross: euros(
      total(({ gross }) => gross),
      GROSS_DECIMALS,
    ),
    corrected: euros(
      total(({ corrected }) => corrected),
      CORRECTED_DECIMALS,
    ),
    municipal: {
      gross: euros(
        total(({ municipal }) => municipal.gross),
        GROSS_DECIMALS,
      ),
      corrected: euros(
        total(({ municipal }) => municipal.corrected),
        CORRECTED_DECIMALS,
      ),
    },
    unpriced: correctedEuros(unpriced),
  };
}

function addTo(sum: { gross: bigint; corrected: bigint }, { gross, corrected }: PricedCell): void {
  sum.gross += gross;
  sum.corrected += corrected;
}

function scaled(amount: bigint, { recorded, price }: Sum): bigint {
  const fine = amount * 10n ** BigInt(FINER);
  return price === undefined ? fine : divideRounded(fine * price, recorded);
}

function euros(value: bigint, decimals: number): string {
  return formatDecimal(value, decimals + FINER, 2);
}

function nameOf({ municipality, organisation, programme }: PricedCell | Programme): string {
  return `${municipality}/${organisation}/${programme}`;
}

function editionOf({ editions }: PriceList, day: string): Edition | undefined {
  const edition = inForce(editions, day);
  return (
    edition && {
      from: edition.from,
      prices: new Map(edition.items.map(({ service, price }) => [service, parseEuros(price)])),
    }
  );
}
