/** The terms of a line under the settings: its price, percentages and years. The case's date picks what holds. */
import type { RangeSteps, ValuedLine } from './line-value.ts';
import { parseDecimal, parseEuros } from './money.ts';
import { type Refusal, refuse } from './refusal.ts';
import {
  inForce,
  type Level,
  type PriceListItem,
  type PriceListSettings,
  type ProgrammeSettings,
} from './settings.ts';

export interface CaseLine {
  service?: string | undefined;
  quantity?: string | undefined;
  amount?: string | undefined;
  costBearer?: string | undefined;
  likelihood?: Level | number | undefined;
  contribution?: Level | number | undefined;
  deadweight: number;
  displacement: number;
  dropOff: number;
  recurrence: 'one-off' | 'yearly';
  years?: number | undefined;
  effect?: string | undefined;
  cashable?: string | undefined;
}

export interface Price {
  price: bigint;
  costBearer: string;
  cashable?: string | undefined;
}

export function priceOf(
  line: CaseLine,
  date: string,
  programme: ProgrammeSettings,
  priceList: PriceListSettings | undefined,
): Price | Refusal {
  if (line.service === undefined)
    return { price: parseEuros(line.amount ?? '0'), costBearer: line.costBearer ?? '' };
  const { service } = line;
  if (programme.priceList === undefined)
    return refuse(
      'unknown-price-list',
      `The programme names no price list, and the case names service ${service}`,
    );
  if (priceList === undefined)
    return refuse('unknown-price-list', `Price list ${programme.priceList} is not there yet`);
  const edition = inForce(priceList.editions, date);
  const item = edition && itemsByService(edition.items).get(service);
  if (item === undefined) {
    const elsewhere = priceList.editions.some((edition) =>
      edition.items.some((entry) => entry.service === service),
    );
    return elsewhere || priceList.editions.every((edition) => edition.from > date)
      ? refuse(
          'no-price',
          `Service ${service} has no price in force on ${date} in price list ${programme.priceList}`,
        )
      : refuse('unknown-service', `Service ${service} is not in price list ${programme.priceList}`);
  }
  return {
    price: parseEuros(item.price),
    costBearer: line.costBearer ?? item.costBearer,
    cashable: item.cashable,
  };
}

/** Price lists have thousands of items and are asked for each line: their index is made once per edition. */
const indexes = new WeakMap<readonly PriceListItem[], Map<string, PriceListItem>>();

function itemsByService(items: readonly PriceListItem[]): Map<string, PriceListItem> {
  let index = indexes.get(items);
  if (index === undefined) {
    index = new Map(items.map((item) => [item.service, item]));
    indexes.set(items, index);
  }
  return index;
}

export function percentage(
  given: Level | number | undefined,
  field: 'likelihood' | 'contribution',
  date: string,
  programme: ProgrammeSettings,
): number | Refusal {
  if (typeof given === 'number') return given;
  if (given === undefined)
    return programme.method === 'sroi'
      ? 100
      : refuse(`${field}-missing`, `The method of the programme requires ${field} on every line`);
  const scale = inForce(programme.scale, date);
  return scale?.[given] ?? refuse('no-scale', `No scale is in force on ${date}`);
}

export function countedYears(line: CaseLine, date: string, programme: ProgrammeSettings): number | Refusal {
  if (line.recurrence === 'one-off') return 1;
  if (line.years !== undefined) return line.years;
  const following = inForce(programme.followingYears, date);
  return following === undefined
    ? refuse('no-following-years', `No number of following years is in force on ${date}`)
    : 1 + following.years;
}

/** Undefined where the programme does not discount. */
export function discountOn(
  date: string,
  { discountRate }: ProgrammeSettings,
): ValuedLine['discount'] | Refusal {
  if (discountRate === undefined || discountRate.length === 0) return undefined;
  const rate = inForce(discountRate, date);
  if (rate === undefined) return refuse('no-discount-rate', `No discount rate is in force on ${date}`);
  return { rate: Number(parseDecimal(rate.percent, 2)), yearZero: rate.yearZero === 'discounted' };
}

/** Percent, where the programme says nothing. */
const DEFAULT_PRICE_UNCERTAINTY = 10;

/** By programme, then by scale: all its lines of a time have the same steps. */
const stepsOfScales = new WeakMap<ProgrammeSettings, Map<object | undefined, RangeSteps>>();

export function stepsOn(date: string, programme: ProgrammeSettings): RangeSteps {
  let ofScales = stepsOfScales.get(programme);
  if (ofScales === undefined) {
    ofScales = new Map();
    stepsOfScales.set(programme, ofScales);
  }
  const scale = inForce(programme.scale, date);
  let steps = ofScales.get(scale);
  if (steps === undefined) {
    const levels = scale === undefined ? [] : [scale.certain, scale.probable, scale.possible];
    steps = { levels, priceUncertainty: programme.priceUncertainty ?? DEFAULT_PRICE_UNCERTAINTY };
    ofScales.set(scale, steps);
  }
  return steps;
}
