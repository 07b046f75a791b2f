/** Dashboards as they open in Grafana: their choices made, and their panels asked. */
import { type AskedQuery, buildDashboards, queriesOf } from '@effectstroom/dashboards';
import type pg from 'pg';
import { type Chosen, interpolateSql } from './interpolate.ts';

export type Row = Record<string, unknown>;

/** Every query of every dashboard. */
export const QUERIES: readonly AskedQuery[] = buildDashboards().flatMap(queriesOf);

const DAY_MS = 86_400_000;
/** Variables of which one value is chosen, and not all. */
const SINGLE = ['jaar', 'met_jaar', 'deel'];

/** Asks SQL of a panel or variable; the time of the dashboard is the last 30 days. */
export async function askSql(reader: pg.Client, query: string, chosen: Chosen): Promise<Row[]> {
  const span = { from: new Date(Date.now() - 30 * DAY_MS), to: new Date() };
  return (await reader.query<Row>(interpolateSql(query, chosen, span))).rows;
}

/**
 * What a dashboard opens with: all of each list, or the first where only one can be chosen.
 * @param changes chosen instead
 * @throws {Error} where a list is empty
 */
export async function opened(reader: pg.Client, dashboard: string, changes: Chosen = {}): Promise<Chosen> {
  let chosen: Chosen = { deel: ['vandaag'], ...changes };
  const variables = QUERIES.filter((query) => query.dashboard === dashboard && query.of.startsWith('$'));
  for (const { of, text } of variables) {
    const name = of.slice(1);
    if (name in changes) continue;
    const values = (await askSql(reader, text, chosen)).map((row) => String(row['__value']));
    if (values.length === 0) throw new Error(`${dashboard} has nothing to choose for ${name}`);
    const isOne = SINGLE.includes(name) || (name === 'gemeente' && dashboard === 'effectstroom-gemeente');
    chosen = { ...chosen, [name]: isOne ? values.slice(0, 1) : values };
  }
  return chosen;
}

/** The rows of the SQL panel with this title. */
export async function panelRows(
  reader: pg.Client,
  dashboard: string,
  panel: string,
  changes: Chosen = {},
): Promise<Row[]> {
  const found = QUERIES.find(
    (query) => query.dashboard === dashboard && query.of === panel && query.kind === 'sql',
  );
  if (found === undefined) throw new Error(`${dashboard} has no panel ${panel}`);
  return askSql(reader, found.text, await opened(reader, dashboard, changes));
}
