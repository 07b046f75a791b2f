/** The rows that one figure is the sum of. */
import { type RawBuilder, sql } from 'kysely';
import { amountRows } from './amount-rows.ts';
import { caseRows } from './case-rows.ts';
import { type Dimension, inColumnOf } from './dimensions.ts';
import { ledgerSource, sourcesOf } from './row-sources.ts';
import type { ScopedQuestion } from './savings-question.ts';
import { union } from './sql-text.ts';

/** `municipal` is the corrected total of municipal cost bearers. */
export type Figure = 'corrected' | 'gross' | 'municipal' | 'cost';

/** Rows g0, g1, … and the columns of {@link exactOf}; undefined where no day is asked for. */
export function figureRows(question: ScopedQuestion, figure: Figure): RawBuilder<unknown> | undefined {
  const sources = sourcesOf(question, { of: figure === 'cost' ? 'cases' : 'amounts' });
  return sources.length === 0 ? undefined : union(sources.map((source) => rowsOf(figure)(source, question)));
}

/** As {@link figureRows}, of the ledger, with the case (organisation, event) that a row is of. */
export function figureRowsOfCases(question: ScopedQuestion, figure: Figure): RawBuilder<unknown> | undefined {
  const { period, asOf } = question;
  if (period === undefined) return undefined;
  return rowsOf(figure)(ledgerSource(period, asOf), question, [sql`l.organisation`, sql`l.event`]);
}

function rowsOf(figure: Figure): typeof amountRows {
  return figure === 'cost' ? caseRows : amountRows;
}

/** A row's part of the figure: ten-thousandths of a micro-euro; micro-euros for gross and cost. */
export function exactOf(figure: Figure): RawBuilder<string> {
  return figure === 'municipal' ? sql`CASE WHEN municipal THEN corrected ELSE 0 END` : sql.ref(figure);
}

/** Whether the column of a grouped dimension has this value. */
export function groupIs(place: number, dimension: Dimension, value: string | null): RawBuilder<boolean> {
  const column = sql.ref(`g${place}`);
  return value === null ? sql`${column} IS NULL` : sql`${column} = ${inColumnOf(dimension, value)}`;
}
