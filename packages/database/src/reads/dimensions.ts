/** The dimensions of figures as SQL: one expression each, over the aliases that every query here uses. */
import { type RawBuilder, sql } from 'kysely';
import { periodNamed } from './period.ts';

/** Of `theme_group` (tg) and `organisation` (o): the grain of the running totals. */
const THEME_COLUMNS = {
  municipality: sql<string>`tg.municipality`,
  organisation: sql<string>`o.code`,
  programme: sql<string>`tg.programme`,
  theme: sql<string>`tg.theme`,
  goal: sql<string | null>`tg.goal`,
  workType: sql<string | null>`tg.work_type`,
};

/** Of `case_group` (cg): only the ledger tells these apart. */
const CASE_COLUMNS = {
  targetGroup: sql<string | null>`cg.target_group`,
  supportType: sql<string | null>`cg.support_type`,
  team: sql<string | null>`cg.team`,
  area: sql<string | null>`cg.area`,
  wellbeing: sql<string | null>`cg.wellbeing`,
};

/** Of `line_group` (lg). */
const LINE_COLUMNS = {
  costBearer: sql<string>`lg.cost_bearer`,
  effect: sql<string | null>`lg.effect`,
  recurrence: sql<string>`lg.recurrence`,
  cashable: sql<string | null>`lg.cashable`,
};

/**
 * Of the day (d.day) on which a case was handled or an amount is realised, or its month's first: the first
 * day of the month, quarter or year. To name these for every row would take as long as adding the rows up.
 */
const TIME_COLUMNS = {
  month: sql<string>`date_trunc('month', d.day::timestamp)::date`,
  quarter: sql<string>`date_trunc('quarter', d.day::timestamp)::date`,
  year: sql<string>`date_trunc('year', d.day::timestamp)::date`,
};

export type ThemeDimension = keyof typeof THEME_COLUMNS;
export type LineDimension = keyof typeof LINE_COLUMNS;
export type TimeDimension = keyof typeof TIME_COLUMNS;
export type CaseDimension = ThemeDimension | keyof typeof CASE_COLUMNS;
export type Dimension = CaseDimension | LineDimension | TimeDimension;

const COLUMNS: Record<Dimension, RawBuilder<string | null>> = {
  ...THEME_COLUMNS,
  ...CASE_COLUMNS,
  ...LINE_COLUMNS,
  ...TIME_COLUMNS,
};

export function columnOf(dimension: Dimension): RawBuilder<string | null> {
  return COLUMNS[dimension];
}

/** The value of a dimension, of what stands in its column. */
export function dimensionValue(dimension: Dimension, inColumn: string | null): string | null {
  if (inColumn === null || !isTimeDimension(dimension)) return inColumn;
  const [year, month] = [inColumn.slice(0, 4), inColumn.slice(0, 7)];
  if (dimension === 'year') return year;
  return dimension === 'month' ? month : `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

/** What stands in the column of a dimension with this value: the inverse of {@link dimensionValue}. */
export function inColumnOf(dimension: Dimension, value: string): RawBuilder<unknown> {
  return isTimeDimension(dimension) ? sql`${periodNamed(value).from}::date` : sql`${value}`;
}

function isTimeDimension(dimension: Dimension): dimension is TimeDimension {
  return dimension in TIME_COLUMNS;
}

export function isLineDimension(dimension: Dimension): dimension is LineDimension {
  return dimension in LINE_COLUMNS;
}

/** Whether only the ledger tells the dimension apart. */
export function isLedgerDimension(dimension: Dimension): boolean {
  return dimension in CASE_COLUMNS;
}
