/**
 * The figures of each period, read once per snapshot: whole months from the running totals, less the ledger
 * entries of the last month that are dated after the period's last day. For this year those are none: cases
 * are not dated in the future.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Scope } from './collector.ts';
import type { Period } from './periods.ts';

interface Figure {
  municipality: string;
  organisation: string;
  programme: string;
  theme: string;
  period: Period['period'];
}

/** The savings of a group in a period, all counted years together. */
export interface Saving extends Figure {
  cost_bearer: string;
  recurrence: string;
  /** Micro-euros. */
  gross: bigint;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
  /** The part of `corrected` that falls to municipal cost bearers. */
  municipal: bigint;
}

/** The cases of a theme in a period. */
export interface Handled extends Figure {
  /** Registered or assessed. */
  registered: bigint;
  assessed: bigint;
  /** Similar cases that the assessed ones stand for. */
  represented: bigint;
  /** Micro-euros. */
  cost: bigint;
}

/** What several collectors show is read by the first of them. */
function oncePerSnapshot<T>(read: (scope: Scope) => Promise<T>): (scope: Scope) => Promise<T> {
  const known = new WeakMap<Scope, Promise<T>>();
  return (scope) => {
    const reading = known.get(scope) ?? read(scope);
    known.set(scope, reading);
    return reading;
  };
}

/** The rows of all periods, each with the place of its period. */
function inAll(
  periods: readonly Period[],
  rowsOf: (period: Period, place: RawBuilder<number>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql.join(
    periods.map((period, place) => rowsOf(period, sql.lit(place))),
    sql` UNION ALL `,
  );
}

function monthsOf(period: Period): RawBuilder<unknown> {
  return sql`month BETWEEN ${period.first}::date AND ${period.last}::date`;
}

/** By organisation, because the ledger's index on dates begins with it. */
function ledgerAfter(period: Period): RawBuilder<unknown> {
  return sql`organisation
    JOIN ledger ON ledger.organisation = organisation.id AND ledger.date > ${period.last}::date
      AND ledger.date < date_trunc('month', ${period.last}::timestamp) + interval '1 month'
    JOIN case_group ON case_group.organisation = ledger.organisation AND case_group.id = ledger.case_group`;
}

/** One sum per period, as an array; as text, because pg would read an array of numeric as floats. */
function sums(periods: readonly Period[], amount: RawBuilder<unknown>): RawBuilder<unknown> {
  const perPeriod = periods.map(
    (_, place) => sql`coalesce(sum(${amount}) FILTER (WHERE place = ${sql.lit(place)}), 0)`,
  );
  return sql`ARRAY[${sql.join(perPeriod)}]::text[]`;
}

type Measures<Key extends string> = Record<Key, readonly string[]>;

/** One figure per period out of a row with all of them: 0 where only another period has cases. */
function split<Labels extends object, Key extends string>(
  periods: readonly Period[],
  labels: Labels,
  measures: Measures<Key>,
): (Labels & { period: Period['period'] } & Record<Key, bigint>)[] {
  return periods.map(({ period }, place) => {
    const amounts = Object.entries<readonly string[]>(measures).map(([key, sum]) => [
      key,
      BigInt(sum[place] ?? 0),
    ]);
    return { ...labels, period, ...(Object.fromEntries(amounts) as Record<Key, bigint>) };
  });
}

/** Every combination of labels that has a saving in some period, with a figure in each. */
export const savingsToDate = oncePerSnapshot(async ({ tx, periods }): Promise<Saving[]> => {
  const parts = inAll(
    periods,
    (period, place) => sql`
      SELECT ${place} AS place, organisation, theme_group, line_group, gross, corrected
      FROM saving_total WHERE ${monthsOf(period)}
      UNION ALL
      SELECT ${place}, ledger.organisation, case_group.theme_group, line.line_group,
        -sign * line.amount * similar_cases, -sign * line.amount * similar_cases * factor
      FROM ${ledgerAfter(period)}
      CROSS JOIN LATERAL unnest(ledger.line_groups, ledger.amounts) AS line (line_group, amount)`,
  );
  const { rows } = await sql<
    Omit<Saving, 'period' | 'gross' | 'corrected' | 'municipal'> &
      Measures<'gross' | 'corrected' | 'municipal'>
  >`
    SELECT t.municipality, o.code AS organisation, t.programme, t.theme, l.cost_bearer, l.recurrence,
      ${sums(periods, sql`gross`)} AS gross,
      ${sums(periods, sql`corrected`)} AS corrected,
      ${sums(periods, sql`CASE WHEN l.municipal THEN corrected END`)} AS municipal
    FROM (${parts}) AS part
    JOIN organisation o ON o.id = part.organisation
    JOIN theme_group t ON t.organisation = part.organisation AND t.id = part.theme_group
    JOIN line_group l ON l.organisation = part.organisation AND l.id = part.line_group
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(gross) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6`.execute(tx);
  return rows.flatMap(({ gross, corrected, municipal, ...labels }) =>
    split(periods, labels, { gross, corrected, municipal }),
  );
});

/** Every theme that has a case in some period, with a figure in each. */
export const casesToDate = oncePerSnapshot(async ({ tx, periods }): Promise<Handled[]> => {
  const parts = inAll(
    periods,
    (period, place) => sql`
      SELECT ${place} AS place, organisation, theme_group, registered, assessed, represented, cost
      FROM case_total WHERE ${monthsOf(period)}
      UNION ALL
      SELECT ${place}, ledger.organisation, case_group.theme_group,
        -sign, CASE WHEN assessed THEN -sign ELSE 0 END, -sign * similar_cases,
        -sign * cost::numeric * similar_cases
      FROM ${ledgerAfter(period)}`,
  );
  type Measure = 'registered' | 'assessed' | 'represented' | 'cost';
  const { rows } = await sql<Omit<Handled, 'period' | Measure> & Measures<Measure>>`
    SELECT t.municipality, o.code AS organisation, t.programme, t.theme,
      ${sums(periods, sql`registered`)} AS registered,
      ${sums(periods, sql`assessed`)} AS assessed,
      ${sums(periods, sql`represented`)} AS represented,
      ${sums(periods, sql`cost`)} AS cost
    FROM (${parts}) AS part
    JOIN organisation o ON o.id = part.organisation
    JOIN theme_group t ON t.organisation = part.organisation AND t.id = part.theme_group
    GROUP BY 1, 2, 3, 4
    HAVING sum(registered) <> 0
    ORDER BY 1, 2, 3, 4`.execute(tx);
  return rows.flatMap(({ registered, assessed, represented, cost, ...labels }) =>
    split(periods, labels, { registered, assessed, represented, cost }),
  );
});
