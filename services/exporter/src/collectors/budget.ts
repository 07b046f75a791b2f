import { formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';
import { currentBudgets, type YearBudget } from '../budgets.ts';
import { defineCollector, type Sample } from '../collector.ts';

function samples({ municipality, organisation, programme, year, themes, unthemed }: YearBudget): Sample[] {
  const amounts = [...(unthemed === undefined ? [] : [['', unthemed] as const]), ...themes];
  return amounts.map(([theme, amount]) => ({
    labels: { municipality, organisation, programme, theme, year: String(year) },
    value: Number(formatDecimal(amount, GROSS_DECIMALS, 2)),
  }));
}

/** What the municipality pays a programme, this year and last. */
export const budget = defineCollector({
  subject: 'budget',
  gauges: {
    effectstroom_budget_euros: {
      help:
        'Budget of a whole calendar year, this one and the previous, where it names exactly that theme ' +
        'and no work type. Theme "" is the whole budget, which names neither; those of themes are ' +
        'parts of it: never add them to it. Source: newest settings of the programme.',
      labels: ['municipality', 'organisation', 'programme', 'theme', 'year'],
    },
  },
  async read(scope) {
    return { effectstroom_budget_euros: (await currentBudgets(scope)).flatMap(samples) };
  },
});
