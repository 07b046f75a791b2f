/** What a case, each line of it and each year brings in inside a question. Pure. */
import { type Dimension, type ExplainFigure, type SavingsQuery, yearsLater } from '@effectstroom/contracts';
import { periodOf } from '../savings/question.ts';
import { sumOf, weighed } from './amounts.ts';
import type { InForce } from './case-in-force.ts';
import { type CountedLine, countedLines } from './case-lines.ts';

/** The groups in which amounts must stand to be counted. */
export interface Scope {
  figure: ExplainFigure;
  /** The question with the path's values as filters. */
  question: SavingsQuery;
  /** Dimensions of the path in which there is no value. */
  without: readonly Dimension[];
}

export interface YearSum {
  year: number;
  /** When it is realised. */
  day: string;
  /** Micro-euros of one case. */
  amount: bigint;
  counts: boolean;
  /** What it adds to the figure. */
  exact: bigint;
}

export interface LineSum {
  line: CountedLine;
  years: YearSum[];
  exact: bigint;
}

export interface CaseSums {
  exact: bigint;
  lines: LineSum[];
}

type Values = Partial<Record<Dimension, string | null>>;

/** The sums of a case; nothing where it does not count. */
export function caseSums(inForce: InForce | undefined, scope: Scope): CaseSums {
  if (inForce === undefined) return { exact: 0n, lines: [] };
  const { figure, question } = scope;
  const { entry } = inForce;
  const ofCase = valuesOfCase(inForce);
  const lines = countedLines(inForce).map((line): LineSum => {
    const isIn = figure !== 'cost' && (figure !== 'municipal' || line.municipal);
    const values = { ...ofCase, ...valuesOfLine(line) };
    const years = line.values.map(({ year, amount }): YearSum => {
      const day = yearsLater(entry.date, year);
      const counts = isIn && isInside(scope, values, question.view === 'cohort' ? entry.date : day);
      return { year, day, amount, counts, exact: counts ? weighed(figure, amount, entry) : 0n };
    });
    return { line, years, exact: sumOf(years.map(({ exact }) => exact)) };
  });
  if (figure !== 'cost') return { exact: sumOf(lines.map(({ exact }) => exact)), lines };
  const cost = isInside(scope, ofCase, entry.date) ? weighed(figure, entry.cost, entry) : 0n;
  return { exact: cost, lines };
}

/** What the case is told apart by in totals. */
export function valuesOfCase({ event: { data } }: InForce): Values {
  const { municipality, organisation, programme, theme, goal, workType } = data;
  const { targetGroup, supportType, team, area, wellbeing } = data;
  return {
    ...{ municipality, organisation, programme, theme: theme ?? null, goal: goal ?? null },
    ...{ workType: workType ?? null, targetGroup: targetGroup ?? null, supportType: supportType ?? null },
    ...{ team: team ?? null, area: area ?? null, wellbeing: wellbeing ?? null },
  };
}

function valuesOfLine({ costBearer, recurrence, effect, cashable }: CountedLine): Values {
  return { costBearer, recurrence, effect, cashable };
}

function isInside({ question, without }: Scope, values: Values, day: string): boolean {
  const period = periodOf(question);
  if (period === undefined || day < period.from || day > period.to) return false;
  const { month: _, quarter: __, year: ___, ...filters } = question.filters;
  return (
    Object.entries(filters).every(([name, value]) => (values[name as Dimension] ?? null) === value) &&
    without.every((name) => (values[name] ?? null) === null)
  );
}
