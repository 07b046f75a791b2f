import { type Amounts, audit, divideRounded, euros, type Figures, scaled } from './auditor.ts';
import type { ExpectedRow, ExpectedTable, ScenarioEvent, Settings } from './scenario.ts';

/** One euro or one case, in the auditor's unit. */
const one = 10n ** 10n;

const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((total, number) => total + number, 0n);

const amountsAt = (name: string, amounts: Amounts): [path: string, amount: bigint][] => [
  [`${name}.oneOff`, amounts.oneOff],
  [`${name}.yearlyFirstYear`, amounts.yearlyFirstYear],
  [`${name}.total`, amounts.total],
  ...amounts.followingYears.map((year, index): [string, bigint] => [`${name}.followingYears.${index}`, year]),
];

/** The figure at a path of a savings answer, in the auditor's unit. */
function figureAt(figures: Figures, path: string, budget: bigint): bigint {
  const found = new Map([
    ...amountsAt('gross', figures.gross),
    ...amountsAt('corrected', figures.corrected),
    ['counted.gross', figures.counted.gross],
    ['municipal.gross', figures.municipal.gross],
    ['cost', figures.cost],
    ['budget', budget],
    ['cases.assessed', BigInt(figures.cases.assessed) * one],
    ['cases.represented', BigInt(figures.cases.represented) * one],
  ]).get(path);
  if (found === undefined) throw new Error(`no figure ${path}`);
  return found;
}

const wholeEuros = (value: bigint): bigint => divideRounded(value, one);

/** What the auditor makes of an expected row: as the study prints it, and exact. */
export type AuditedRow = Pick<ExpectedRow, 'published' | 'exact'>;

/**
 * An auditor for the rows of one table.
 * @param budget in whole euros, for rows that are divided by it
 */
export function tableAuditor(
  events: readonly ScenarioEvent[],
  settings: Settings,
  { groupBy, unit }: ExpectedTable,
  budget = 0,
): (row: ExpectedRow) => AuditedRow {
  const groups = audit(events, settings, (data, line) => {
    const dimensions: Record<string, unknown> = { ...data, ...line };
    return groupBy ? String(dimensions[groupBy]) : '';
  });
  const total = audit(events, settings).get('');
  if (!total) throw new Error('no assessed events');
  const figuresOf = (group: string): Figures => {
    const figures = groups.get(group);
    if (!figures) throw new Error(`no group ${group}`);
    return figures;
  };
  const parts = (paths: readonly string[], scopes: readonly Figures[]): bigint[] =>
    scopes.map((figures) => sum(paths.map((path) => figureAt(figures, path, scaled(budget, 10)))));

  return (row) => {
    const scopes = row.groups?.map(figuresOf) ?? [total];
    const values = parts(row.figure, scopes);
    const value = sum(values);
    if (unit === 'cases') return { published: euros(value, 0) };
    if (row.of) {
      const base = sum(parts(row.of, unit === 'ratio' ? scopes : [total]));
      const quotient = (value * (unit === 'percent' ? 100n : 1n) * one) / base;
      const decimals = row.published.split('.')[1]?.length ?? 0;
      const cut = row.rounding === 'truncated' ? quotient % one : 0n;
      return { published: euros(quotient - cut, decimals), exact: euros(quotient, 4) };
    }
    if (row.rounding === 'sum-of-rounded') return { published: sum(values.map(wholeEuros)).toString() };
    const step = row.rounding === 'ten-thousands' ? 10_000n : 1n;
    const published = divideRounded(value, one * step) * step;
    return { published: published.toString(), exact: euros(value, 10).replace(/0{0,8}$/, '') };
  };
}
