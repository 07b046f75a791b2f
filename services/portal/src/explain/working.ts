/** How a line was valued: prices with their edition, percentages with their scale. Pure. */
import type { AvoidedLine, ExplainedWorking, PriceList } from '@effectstroom/contracts';
import { formatDecimal, inForce } from '@effectstroom/valuation';
import { exactGross } from '../euros.ts';
import type { InForce } from './case-in-force.ts';
import type { LineSum } from './case-sums.ts';
import { formulaOf } from './formula.ts';

/** Null where the settings no longer give the recorded amounts. */
export function workingOf(sum: LineSum, found: InForce): ExplainedWorking | null {
  const { valued } = sum.line;
  if (valued === undefined) return null;
  const { sent, line: valuation } = valued;
  const { price, likelihood, contribution, deadweight, displacement, dropOff } = valuation.line;
  const { entry, programme, priceList } = found;
  const scale = inForce(programme.scale, entry.date);
  const usesScale = [sent.likelihood, sent.contribution].some((given) => typeof given === 'string');
  const rate = inForce(programme.discountRate ?? [], entry.date);
  return {
    ...origin(sent, entry.date, priceList),
    price: exactGross(price),
    quantity: sent.quantity ?? '1',
    likelihood: { given: sent.likelihood ?? null, percent: likelihood },
    contribution: { given: sent.contribution ?? null, percent: contribution },
    scaleFrom: usesScale ? (scale?.from ?? null) : null,
    ...{ deadweight, displacement, dropOff },
    discount: rate ?? null,
    formula: formulaOf(sum, valuation, entry),
  };
}

/** The edition that gave the price; an item's own source says more than the edition's. */
function origin(
  { service }: AvoidedLine,
  date: string,
  prices: PriceList | undefined,
): Pick<ExplainedWorking, 'service' | 'edition'> {
  const edition = prices === undefined ? undefined : inForce(prices.editions, date);
  const item = edition?.items.find((one) => one.service === service);
  if (edition === undefined || item === undefined) return { service: null, edition: null };
  return {
    service: { code: item.service, name: item.name, unit: item.unit },
    edition: {
      from: edition.from,
      priceLevel: item.priceLevel ?? edition.priceLevel ?? null,
      source: item.source ?? edition.source ?? null,
    },
  };
}

/** The correction factor that the case's date and theme pick: one for the theme beats a general one. */
export function factorOf({ entry, event, programme }: InForce): {
  value: string;
  from: string | null;
  theme: string | null;
} {
  const general = programme.correctionFactors.filter(({ theme }) => theme === undefined);
  const own = programme.correctionFactors.filter(
    ({ theme }) => theme !== undefined && theme === event.data.theme,
  );
  const found = inForce(own, entry.date) ?? inForce(general, entry.date);
  return {
    value: formatDecimal(BigInt(entry.factor), 4, 4),
    from: found?.from ?? null,
    theme: found?.theme ?? null,
  };
}
