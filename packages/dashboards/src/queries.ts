/** The two kinds of query that panels ask. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  DataqueryBuilder,
  PromQueryFormat,
  QueryEditorMode,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { DATABASE, METRICS } from './data-sources.ts';

/** A query as a panel takes it. */
export type Query = Builder<Dataquery>;

/** Most rows that a panel asks, so that none asks for everything. */
const ROWS_MAX = 500;

/** What the PostgreSQL data source wants; the SDK has no type for it. */
interface SqlTarget extends Dataquery {
  refId: string;
  datasource: typeof DATABASE;
  format: 'table' | 'time_series';
  editorMode: 'code';
  rawQuery: true;
  rawSql: string;
}

function sqlTarget(sql: string, format: SqlTarget['format'], rows: number): Query {
  const target: SqlTarget = {
    refId: 'A',
    datasource: DATABASE,
    format,
    editorMode: 'code',
    rawQuery: true,
    rawSql: `${tidy(sql)}\nLIMIT ${rows}`,
    _implementsDataqueryVariant: () => undefined,
  };
  return { build: () => target };
}

/** Without the indent that the text has in the program. */
function tidy(sql: string): string {
  const lines = sql.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.slice(1).map((line) => line.length - line.trimStart().length));
  return lines.map((line, place) => (place === 0 ? line.trim() : line.slice(indent).trimEnd())).join('\n');
}

/** Rows out of the schema `reporting`; `LIMIT` is added. */
export function rows(sql: string, max = ROWS_MAX): Query {
  return sqlTarget(sql, 'table', max);
}

/** Points over time out of the schema `reporting`: columns `time`, `metric` and `value`, ascending. */
export function points(sql: string): Query {
  return sqlTarget(sql, 'time_series', 5_000);
}

/** What Prometheus says now: one value for each series. */
export function now(expression: string, format: 'series' | 'table' = 'series', legend = ''): Query {
  return asked(expression, legend)
    .instant()
    .format(format === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
}

/** What Prometheus saw over the time of the dashboard. */
export function history(expression: string, legend: string, refId = 'A'): Query {
  return asked(expression, legend).range().refId(refId);
}

function asked(expression: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(METRICS)
    .editorMode(QueryEditorMode.Code)
    .refId('A')
    .expr(expression)
    .legendFormat(legend);
}
