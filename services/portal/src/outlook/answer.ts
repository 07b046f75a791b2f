/** The answer of `GET /v1/outlook`: exact sums in, figures rounded once out. Pure. */
import {
  lastDayOfMonth,
  type Outlook,
  type OutlookFigures,
  type OutlookQuery,
  type Programme,
} from '@effectstroom/contracts';
import { CORRECTED_DECIMALS, divideRounded, formatDecimal } from '@effectstroom/valuation';
import { correctedEuros } from '../euros.ts';
import { byGroup } from '../savings/group-order.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { budgetedGroups, type YearBudget, yearBudgets } from './budgets.ts';
import { FINER_DECIMALS, forecast, MONTHS_MIN } from './forecast.ts';
import { groupKey, type Seen, type SeenSavings } from './seen-savings.ts';
import { monthsLeft } from './window.ts';

export interface OutlookInput {
  query: OutlookQuery;
  /** RFC 3339 in UTC. */
  asOf: string | null;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  limits: SmallNumberLimits | undefined;
  /** In the question's scope. */
  programmes: readonly Programme[];
  followingYears: number;
  /** The months that tell the pace, as 2022-03. */
  observed: readonly string[];
  /** By the groups asked. */
  year: SeenSavings;
  /** By the groups asked, and month. */
  months: SeenSavings;
  /** By month. */
  monthTotals: SeenSavings;
}

export function outlookAnswer(input: OutlookInput): Outlook {
  const { query, programmes, year, months, monthTotals, observed } = input;
  const budgetOf = yearBudgets(programmes, query);
  const figures = (values: readonly (string | null)[], toDate: Seen, from: SeenSavings): OutlookFigures => {
    const seen = observed.map((month) => seenIn(from, [...values, month]));
    return { ...expectedOf(query, toDate, seen), ...budgetOf(values) };
  };
  const groups = query.groupBy.length === 0 ? [] : [...groupsOf(input).values()];
  const rows = groups
    .map((group) => ({ group: [...group] }))
    .sort(byGroup)
    .map(({ group }) => ({
      ...Object.fromEntries(query.groupBy.map((name, place) => [name, group[place] ?? null])),
      ...figures(group, seenIn(year, group), months),
    }));
  return { basis: basisOf(input), rows, total: figures([], year.total, monthTotals) };
}

/** The groups with cases in the year or in the months that tell the pace, or with a budget. */
function groupsOf({ query, programmes, year, months, observed }: OutlookInput) {
  const groups = budgetedGroups(programmes, query);
  for (const [key, { values }] of year.groups) groups.set(key, values);
  for (const { values } of months.groups.values()) {
    if (!observed.includes(values.at(-1) ?? '')) continue;
    const group = values.slice(0, -1);
    groups.set(groupKey(group), group);
  }
  return groups;
}

/** What a group without cases has is 0; it may also be one that is not listed. */
function seenIn({ groups, unlisted }: SeenSavings, values: readonly (string | null)[]): Seen {
  return groups.get(groupKey(values))?.corrected ?? (unlisted ? 'few-cases' : 0n);
}

function expectedOf(
  { year, today }: OutlookQuery,
  toDate: Seen,
  seen: readonly Seen[],
): Omit<OutlookFigures, keyof YearBudget> {
  const running = Number(today.slice(0, 4));
  const months = year === running ? seen.length : 0;
  const nothing = { expected: null, months };
  if (typeof toDate !== 'bigint')
    return { ...nothing, toDate: null, unexpected: 'few-cases', suppressed: toDate };
  const written = correctedEuros(toDate);
  if (year < running)
    return { toDate: written, expected: { low: null, mid: written, high: null }, months, unexpected: null };
  if (year > running) return { ...nothing, toDate: written, unexpected: 'ahead' };
  if (months < MONTHS_MIN) return { ...nothing, toDate: written, unexpected: 'few-months' };
  const observed = seen.filter((month) => typeof month === 'bigint');
  if (observed.length < months) return { ...nothing, toDate: written, unexpected: 'few-cases' };
  const { low, mid, high } = forecast(observed, toDate, monthsLeft(year, today));
  const euros = (value: bigint) => formatDecimal(value, CORRECTED_DECIMALS + FINER_DECIMALS, 2);
  const expected = { low: euros(low), mid: euros(mid), high: euros(high) };
  return { toDate: written, expected, months, unexpected: null };
}

function basisOf(input: OutlookInput): Outlook['basis'] {
  const { query, asOf, organisations, limits, observed, followingYears } = input;
  const { municipality = null, organisation = null, programme = null, ...filters } = query.filters;
  const left = monthsLeft(query.year, query.today);
  const [first, last] = [observed[0], observed.at(-1)];
  const unlisted = [input.year, input.months, input.monthTotals].some((one) => one.unlisted);
  return {
    ...{ municipality, organisation, programme },
    ...(organisations !== undefined && organisation === null ? { organisations: [...organisations] } : {}),
    ...filters,
    ...{ year: query.year, today: query.today, groupBy: query.groupBy },
    observed:
      first === undefined || last === undefined
        ? null
        : { from: `${first}-01`, to: lastDayOfMonth(`${last}-01`) },
    monthsLeft: formatDecimal(divideRounded(left.months * 10_000n, left.per), 4, 4),
    ...{ asOf, followingYears },
    ...(limits === undefined ? {} : { suppressed: { ...limits, unlisted } }),
  };
}
