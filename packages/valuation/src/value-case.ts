/** What one case contributes under given settings, or why it cannot be valued. Pure. */
import { type CaseLine, countedYears, discountOn, percentage, priceOf, stepsOn } from './line-terms.ts';
import { type RangeSteps, type ValuedLine, valuesInRange } from './line-value.ts';
import { parseDecimal, parseEuros } from './money.ts';
import { type Refusal, refuse } from './refusal.ts';
import { correctionFactor, type PriceListSettings, type ProgrammeSettings } from './settings.ts';

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
  const quantity = parseDecimal(line.quantity ?? '1', 4);
  const valued: ValuedLine = {
    price: price.price,
    quantity,
    likelihood,
    contribution,
    deadweight,
    displacement,
    dropOff,
    years,
    discount,
  };
  const steps = stepsOn(date, programme);
  const { values, lows, highs } = valuesInRange(valued, steps);
  return {
    costBearer: bearer.code,
    municipal: bearer.municipal,
    recurrence: line.recurrence,
    effect: line.effect,
    cashable: line.cashable ?? price.cashable,
    service: line.service,
    line: valued,
    steps,
    values,
    lows,
    highs,
  };
}
