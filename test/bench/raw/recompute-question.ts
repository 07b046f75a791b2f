/** One question, corrected savings by theme, as it is asked of the portal and of PostgreSQL. */
import type { Client } from 'pg';
import { RECOMPUTE } from './raw-tables.ts';

export interface RecomputeQuestion {
  name: string;
  /** Both days inclusive, 'YYYY-MM-DD'. */
  from: string;
  to: string;
  /** One is drawn for each request; everywhere where there is none. */
  municipalities: readonly string[];
}

export interface ThemeRow {
  theme: string;
  /** Euros with two decimals. */
  corrected: string;
}

export interface PortalAnswer {
  headers: Record<string, string>;
  body: Buffer;
  rows: ThemeRow[];
}

/** Headers that belong to a connection and not to what was sent. */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);

export function urlOf(portal: string, { from, to }: RecomputeQuestion, place: string | undefined): string {
  const of = place === undefined ? '' : `&municipality=${place}`;
  return `${portal}/v1/savings?from=${from}&to=${to}&groupBy=theme${of}`;
}

/** @throws Error where the answer is not one of figures */
export async function askPortal(url: string): Promise<PortalAnswer> {
  const response = await fetch(url, { headers: { authorization: 'Bearer local-read' } });
  const body = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}: ${body}`);
  const { rows } = JSON.parse(body.toString()) as { rows: { theme: string; corrected: { total: string } }[] };
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !OF_CONNECTION.has(name)));
  return { headers, body, rows: rows.map(({ theme, corrected }) => ({ theme, corrected: corrected.total })) };
}

/** Of the cases themselves. */
export async function askSql(
  client: Client,
  how: keyof typeof RECOMPUTE,
  { from, to }: RecomputeQuestion,
  place: string | undefined,
): Promise<ThemeRow[]> {
  const { rows } = await client.query<ThemeRow>(RECOMPUTE[how], [from, to, place ?? null]);
  return rows;
}

/** @throws Error where SQL gives another figure than the portal */
export function requireSame(
  { name }: RecomputeQuestion,
  portal: readonly ThemeRow[],
  sql: readonly ThemeRow[],
): void {
  const [one, other] = [portal, sql].map((rows) =>
    rows.map(({ theme, corrected }) => `${theme} ${corrected}`).join(', '),
  );
  if (one !== other) throw new Error(`${name}: the portal says ${one}, SQL over the cases ${other}`);
}
