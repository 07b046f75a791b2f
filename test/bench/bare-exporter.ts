/**
 * What one might do instead of the exporter: one that asks PostgreSQL at every scrape, as sql_exporter does,
 * and writes what comes back as text.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { answerRequests } from './child.ts';
import { pooled } from './fresh-database.ts';

export interface BareExporterRequest {
  databaseUrl: string;
}

/**
 * Savings of this year and of last year up to the same month, gross and corrected, in euros; rounded to
 * cents.
 */
const SAVINGS = `SELECT t.municipality, o.code AS organisation, t.programme, t.theme, l.cost_bearer,
    l.recurrence,
    (s.month >= date_trunc('year', now())) AS "isThisYear",
    round(sum(s.gross) / 1000000, 2) AS gross, round(sum(s.corrected) / 10000000000, 2) AS corrected
  FROM saving_total s
  JOIN organisation o ON o.id = s.organisation
  JOIN theme_group t ON t.organisation = s.organisation AND t.id = s.theme_group
  JOIN line_group l ON l.organisation = s.organisation AND l.id = s.line_group
  WHERE s.month >= date_trunc('year', now()) OR s.month BETWEEN date_trunc('year', now()) - interval '1 year'
    AND date_trunc('month', now()) - interval '1 year'
  GROUP BY 1, 2, 3, 4, 5, 6, 7`;
const NAME = 'effectstroom_savings_euros';

interface Row {
  municipality: string;
  organisation: string;
  programme: string;
  theme: string;
  cost_bearer: string;
  recurrence: string;
  isThisYear: boolean;
  gross: string;
  corrected: string;
}

/** Starts to listen; answers with the URL. */
answerRequests(async ({ databaseUrl }: BareExporterRequest): Promise<string> => {
  const pool = pooled(databaseUrl, 2);
  const server = createServer((_, response) => {
    pool.query<Row>({ name: 'savings', text: SAVINGS }).then(
      ({ rows }) => {
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-encoding': 'gzip' });
        response.end(gzipSync(textOf(rows)));
      },
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
});

function textOf(rows: readonly Row[]): string {
  let text = `# HELP ${NAME} Savings of a year to date.\n# TYPE ${NAME} gauge\n`;
  for (const row of rows) {
    const labels =
      `municipality="${row.municipality}",organisation="${row.organisation}",programme="${row.programme}",` +
      `theme="${row.theme}",cost_bearer="${row.cost_bearer}",recurrence="${row.recurrence}",` +
      `period="${row.isThisYear ? 'ytd' : 'ytd_previous_year'}"`;
    text += `${NAME}{${labels},basis="gross"} ${Number(row.gross)}\n`;
    text += `${NAME}{${labels},basis="corrected"} ${Number(row.corrected)}\n`;
  }
  return text;
}
