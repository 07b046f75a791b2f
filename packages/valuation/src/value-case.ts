/** What one case contributes under given settings, or why it cannot be valued. Pure. */
import { type RangeSteps, type ValuedLine, valuesInRange } from './line-value.ts';
import { parseDecimal, parseEuros } from './money.ts';
import {
  correctionFactor,
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

/** The fields of a case that settings must know. */
export interface CaseCodes {
  theme?: string | undefined;
  goal?: string | undefined;
  workType?: string | undefined;
}

export interface AssessedCase extends CaseCodes {
  date: string;
  theme: string;
  similarCases: number;
  cost: string;
  avoided: readonly CaseLine[];
}

export type Reason =
  | 'unknown-programme'
  | 'unknown-theme'
  | 'unknown-goal'
  | 'unknown-work-type'
  | 'unknown-price-list'
  | 'unknown-service'
  | 'unknown-cost-bearer'
  | 'likelihood-missing'
  | 'contribution-missing'
  | 'no-price'
  | 'no-factor'
  | 'no-scale'
  | 'no-following-years'
  | 'no-discount-rate'
  | 'unreadable';

/** Percent, where the programme says nothing. */
const DEFAULT_PRICE_UNCERTAINTY = 10;

/** Why a case cannot be valued; `detail` says what to add to the settings or the event. */
export interface Refusal {
  reason: Reason;
  detail: string;
}

/** One line with its price, percentages and yearly values, as the ledger counts it. */
export interface LineContribution {
  costBearer: string;
  municipal: boolean;
  recurrence: 'one-off' | 'yearly';
  effect: string | undefined;
  cashable: string | undefined;
  /** Absent where the event states the amount. */
  service: string | undefined;
  /** What the values are made of. */
  line: ValuedLine;
  steps: RangeSteps;
  /** Micro-euros of one case in year 0, 1, … */
  values: bigint[];
  /** As the values, with percentages and price a step lower. */
  lows: bigint[];
  /** As the values, with percentages and price a step higher. */
  highs: bigint[];
}

export interface Valuation {
  /** Ten-thousandths. */
  factor: number;
  /** Micro-euros of one case. */
  cost: bigint;
  lines: LineContribution[];
}

/** A refusal where the programme does not know the case's theme, goal or work type; else undefined. */
export function checkCodes(codes: CaseCodes, programme: ProgrammeSettings): Refusal | undefined {
  const { theme, goal, workType } = codes;
  const { themes, workTypes } = programme;
  if (theme !== undefined && !themes.some((entry) => entry.code === theme))
    return refuse('unknown-theme', `Theme ${theme} is not in the programme`);
  // The contract asks for a goal of the programme, not for one of the theme.
  if (goal !== undefined && !themes.some(({ goals }) => goals.some((entry) => entry.code === goal)))
    return refuse('unknown-goal', `Goal ${goal} is not in the programme`);
  if (workType !== undefined && workTypes.length > 0 && !workTypes.some((entry) => entry.code === workType))
    return refuse('unknown-work-type', `Work type ${workType} is not in the programme`);
  return undefined;
}

/**
 * Values an assessed case: each line year by year in micro-euros, the cost, and the correction factor in force
 * (design, section 4). The case's date picks price, factor, scale and following years.
 * `priceList` is needed only where a line names a service.
 */
export function valueCase(
  assessed: AssessedCase,
  programme: ProgrammeSettings,
  priceList: PriceListSettings | undefined,
): Valuation | Refusal {
  const factor = correctionFactor(programme, assessed.theme, assessed.date);
  if (factor === undefined)
    return refuse(
      'no-factor',
      `No correction factor is in force on ${assessed.date} for theme ${assessed.theme}`,
    );
  const lines: LineContribution[] = [];
  for (const line of assessed.avoided) {
    const valued = valueLine(line, assessed.date, programme, priceList);
    if ('reason' in valued) return valued;
    lines.push(valued);
  }
  return { factor, cost: parseEuros(assessed.cost), lines };
}

function valueLine(
  line: CaseLine,
  date: string,
  programme: ProgrammeSettings,
  priceList: PriceListSettings | undefined,
): LineContribution | Refusal {
  const price = priceOf(line, date, programme, priceList);
  if ('reason' in price) return price;
  const bearer = programme.costBearers.find((entry) => entry.code === price.costBearer);
  if (bearer === undefined)
    return refuse('unknown-cost-bearer', `Cost bearer ${price.costBearer} is not in the programme`);
  const likelihood = percentage(line.likelihood, 'likelihood', date, programme);
  if (typeof likelihood !== 'number') return likelihood;
  const contribution = percentage(line.contribution, 'contribution', date, programme);
  if (typeof contribution !== 'number') return contribution;
  const years = countedYears(line, date, programme);
  if (typeof years !== 'number') return years;
  const discount = discountOn(date, programme);
  if (discount !== undefined && 'reason' in discount) return discount;
  const { deadweight, displacement, dropOff } = line;
  const valued: ValuedLine = {
    ...{ price: price.price, quantity: parseDecimal(line.quantity ?? '1', 4), likelihood, contribution },
    ...{ deadweight, displacement, dropOff, years, discount },
  };
  const scale = inForce(programme.scale, date);
  const levels = scale === undefined ? [] : [scale.certain, scale.probable, scale.possible];
  const steps = { levels, priceUncertainty: programme.priceUncertainty ?? DEFAULT_PRICE_UNCERTAINTY };
  return {
    costBearer: bearer.code,
    municipal: bearer.municipal,
    recurrence: line.recurrence,
    effect: line.effect,
    cashable: line.cashable ?? price.cashable,
    service: line.service,
    ...{ line: valued, steps },
    ...valuesInRange(valued, steps),
  };
}

interface Price {
  price: bigint;
  costBearer: string;
  cashable?: string | undefined;
}

function priceOf(
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

function percentage(
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

function countedYears(line: CaseLine, date: string, programme: ProgrammeSettings): number | Refusal {
  if (line.recurrence === 'one-off') return 1;
  if (line.years !== undefined) return line.years;
  const following = inForce(programme.followingYears, date);
  return following === undefined
    ? refuse('no-following-years', `No number of following years is in force on ${date}`)
    : 1 + following.years;
}

/** Undefined where the programme does not discount. */
function discountOn(date: string, { discountRate }: ProgrammeSettings): ValuedLine['discount'] | Refusal {
  if (discountRate === undefined || discountRate.length === 0) return undefined;
  const rate = inForce(discountRate, date);
  if (rate === undefined) return refuse('no-discount-rate', `No discount rate is in force on ${date}`);
  return { rate: Number(parseDecimal(rate.percent, 2)), yearZero: rate.yearZero === 'discounted' };
}

function refuse(reason: Reason, detail: string): Refusal {
  return { reason, detail };
}
