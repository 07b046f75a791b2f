/** How a line was worked out, in Dutch, with its numbers. Pure. */
import type { ExplainFigure } from '@effectstroom/contracts';
import type { HistoryEntry } from '@effectstroom/database';
import { formatDecimal, type LineContribution } from '@effectstroom/valuation';
import { exactGross } from '../euros.ts';
import { sumOf, unrounded, weighed } from './amounts.ts';
import type { LineSum } from './case-sums.ts';

/** Exact: as many decimals as there are, at least two. */
const EUROS = new Intl.NumberFormat('nl-NL', {
  style: 'currency',
  currency: 'EUR',
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
});
const NUMBER = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 4 });

/** What a line brings in by year, and which years are counted. */
interface CountedYears {
  years: readonly Pick<LineSum['years'][number], 'year' | 'amount' | 'counts'>[];
}

type Weight = Pick<HistoryEntry, 'similarCases' | 'factor'>;

/**
 * For example `26 × € 64,00 × 70% kans × 100% eigen bijdrage = € 1.164,80 per casus; × 12
 * soortgelijke casussen = € 13.977,60 bruto; × correctiefactor 0,9 = € 12.579,84`. Over the years that count.
 */
export function formulaOf({ years }: CountedYears, { line }: LineContribution, weight: Weight): string {
  const counted = years.filter(({ counts }) => counts);
  if (counted.length === 0) return 'telt in deze vraag niet mee';
  const ofOneCase = sumOf(counted.map(({ amount }) => amount));
  const amounts = counted.map(({ amount }) => micros(amount)).join(' + ');
  const added = counted.length === 1 ? '' : `; ${yearNames(counted)}: ${amounts} = ${micros(ofOneCase)}`;
  const first = years[0]?.amount ?? 0n;
  return (
    `${factorsOf(line)} = ${micros(first)} per casus${line.years > 1 ? ' in het eerste jaar' : ''}` +
    laterYears(line) +
    `${counted.length === 1 && line.years > 1 ? `; ${yearNames(counted)}: ${amounts}` : added}` +
    `; × ${NUMBER.format(weight.similarCases)} soortgelijke casussen` +
    ` = ${total('gross', ofOneCase, weight)} bruto` +
    `; × correctiefactor ${decimal(BigInt(weight.factor))} = ${total('corrected', ofOneCase, weight)}`
  );
}

function factorsOf(line: LineContribution['line']): string {
  const { price, quantity, likelihood, contribution, deadweight, displacement, discount } = line;
  return [
    decimal(quantity),
    micros(price),
    `${likelihood}% kans`,
    `${contribution}% eigen bijdrage`,
    ...(deadweight > 0 ? [`(100% − ${deadweight}% gebeurt ook zonder hulp)`] : []),
    ...(displacement > 0 ? [`(100% − ${displacement}% verplaatsing)`] : []),
    ...(discount?.yearZero ? [`1 ÷ (100% + ${percent(discount.rate)} disconteringsvoet)`] : []),
  ].join(' × ');
}

function laterYears({ years, dropOff, discount }: LineContribution['line']): string {
  if (years === 1) return '';
  const drop = dropOff > 0 ? ` × (100% − ${dropOff}% afname)` : '';
  const rate =
    discount !== undefined && discount.rate > 0
      ? ` ÷ (100% + ${percent(discount.rate)} disconteringsvoet)`
      : '';
  return drop + rate === '' ? '' : `, elk volgend jaar${drop}${rate}`;
}

function yearNames(years: readonly { year: number }[]): string {
  const names = years.map(({ year }) => year + 1);
  return names.length === 1 ? `jaar ${names[0]}` : `jaar ${names[0]} t/m ${names.at(-1)}`;
}

function total(figure: ExplainFigure, ofOneCase: bigint, weight: Weight): string {
  return euros(unrounded(figure, weighed(figure, ofOneCase, weight)));
}

function micros(amount: bigint): string {
  return euros(exactGross(amount));
}

/** Texts are formatted exactly: no float holds the amount. Spaces are plain, as in the rest of the text. */
function euros(text: string): string {
  return EUROS.format(text as Intl.StringNumericLiteral).replaceAll('\u00a0', ' ');
}

function decimal(tenThousandths: bigint): string {
  return NUMBER.format(formatDecimal(tenThousandths, 4, 4) as Intl.StringNumericLiteral);
}

/** Hundredths of a percent. */
function percent(hundredths: number): string {
  return `${NUMBER.format(formatDecimal(BigInt(hundredths), 2, 2) as Intl.StringNumericLiteral)}%`;
}
