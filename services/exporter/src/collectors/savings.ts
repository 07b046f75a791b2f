import { CORRECTED_DECIMALS, formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';
import { defineCollector, type Sample } from '../collector.ts';
import { type Saving, savingsToDate } from '../to-date.ts';

/** A float only here, at the very end: whole cents fit up to 90 trillion euros. */
function euros(amount: bigint, decimals: number): number {
  return Number(formatDecimal(amount, decimals, 2));
}

function samples({ gross, corrected, municipal: _, ...labels }: Saving): Sample[] {
  return [
    { labels: { ...labels, basis: 'gross' }, value: euros(gross, GROSS_DECIMALS) },
    { labels: { ...labels, basis: 'corrected' }, value: euros(corrected, CORRECTED_DECIMALS) },
  ];
}

/** What the cases of the year so far save, beside the same days of last year. */
export const savings = defineCollector({
  subject: 'savings',
  gauges: {
    effectstroom_savings_euros: {
      help:
        'Savings of the cases dated from 1 January up to today (period ytd) or up to the same day of ' +
        'last year (ytd_previous_year), all counted years of a case included (cohort view). Basis ' +
        'gross, or corrected by the correction factor. Rounded to cents. 0 where only the other period ' +
        'has savings. Source: running totals and ledger.',
      labels: [
        'municipality',
        'organisation',
        'programme',
        'theme',
        'cost_bearer',
        'recurrence',
        'basis',
        'period',
      ],
    },
  },
  async read(scope) {
    return { effectstroom_savings_euros: (await savingsToDate(scope)).flatMap(samples) };
  },
});
