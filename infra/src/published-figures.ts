import type { Savings, SavingsFigures } from '@effectstroom/contracts';
import { z } from 'zod';

const unit = z.enum(['euro', 'percent', 'cases']);

const row = z.object({
  label: z.string(),
  /** Values of the table's dimension; the total when absent. */
  groups: z.array(z.string()).optional(),
  /** Figures of an answer of `/v1/savings` to add up, as `gross.oneOff` or `corrected.followingYears.0`. */
  figure: z.array(z.string()).min(1),
  /** Percentages: figures of the total to divide by. */
  of: z.array(z.string()).optional(),
  /** As printed in the study. */
  published: z.string(),
  rounding: z.enum(['truncated', 'sum-of-rounded']).optional(),
});

const table = z.object({
  title: z.string(),
  /** The dimension whose values the rows name. */
  groupBy: z.string().optional(),
  unit,
  rows: z.array(row).min(1),
});

/** A scenario's published figures and how each follows from answers of `/v1/savings`: its `expected.json`. */
export const publishedFiguresSchema = z.object({
  title: z.string(),
  query: z.record(z.string(), z.string()),
  tables: z.array(table).min(1),
});

export type Unit = z.infer<typeof unit>;
export type PublishedRow = z.infer<typeof row>;
export type PublishedTable = z.infer<typeof table>;

type Figures = SavingsFigures | Savings['rows'][number];

/**
 * What an answer makes of a published row, in whole euros, percents or cases; undefined when the answer lacks
 * a group or figure. Amounts are added up in whole cents and rounded once, half away from zero.
 */
export function computeFigure(row: PublishedRow, table: PublishedTable, answer: Savings): string | undefined {
  const scopes = row.groups?.map((group) =>
    answer.rows.find((figures) => memberOf(figures, table.groupBy) === group),
  );
  const parts = (scopes ?? [answer.total]).map((figures) => sumOf(figures, row.figure));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const hundredths = add(parts);
  switch (table.unit) {
    case 'cases':
      return String(hundredths / 100n);
    case 'euro':
      if (row.rounding === 'sum-of-rounded') return String(add(parts.map((part) => divide(part, 100n))));
      return String(divide(hundredths, 100n));
    case 'percent': {
      const whole = sumOf(answer.total, row.of ?? row.figure);
      if (whole === undefined || whole === 0n) return undefined;
      return String(
        row.rounding === 'truncated' ? (100n * hundredths) / whole : divide(100n * hundredths, whole),
      );
    }
  }
}

/** The figures at some paths, added up, in hundredths (cents; a case is 100). */
function sumOf(figures: Figures | undefined, paths: readonly string[]): bigint | undefined {
  const parts = paths.map((path) => hundredthsAt(figures, path));
  return parts.every((part) => part !== undefined) ? add(parts) : undefined;
}

function hundredthsAt(figures: Figures | undefined, path: string): bigint | undefined {
  const value = path.split('.').reduce<unknown>(memberOf, figures);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * 100n;
  if (typeof value === 'string' && /^-?\d+\.\d{2}$/.test(value)) return BigInt(value.replace('.', ''));
  return undefined;
}

function memberOf(from: unknown, name: string | undefined): unknown {
  return typeof from === 'object' && from !== null && name !== undefined
    ? Reflect.get(from, name)
    : undefined;
}

function add(numbers: readonly bigint[]): bigint {
  return numbers.reduce((sum, number) => sum + number, 0n);
}

/** Divides whole numbers, rounding half away from zero. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const twice = 2n * numerator;
  return (twice + (numerator < 0n ? -denominator : denominator)) / (2n * denominator);
}
