/** What PostgreSQL was really asked: its own log, with the plan that it used for each statement. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import type { PlanNode } from './plan-locality.ts';

export interface Statement {
  text: string;
  plan: PlanNode;
}

export interface Captured {
  statements: Statement[];
  /** COPY … FROM STDIN: PostgreSQL has no plan for it. */
  copies: string[];
}

const PREFIX = '@@';
const SETTINGS = {
  log_line_prefix: `${PREFIX}%a@`,
  log_statement: 'mod',
  session_preload_libraries: 'auto_explain',
  ...{ 'auto_explain.log_min_duration': '0', 'auto_explain.log_format': 'json' },
  'auto_explain.log_verbose': 'on',
};

/** From now on new sessions log what they are asked. Needs a superuser. */
export async function capture(db: Kysely<Database>): Promise<void> {
  await sql`LOAD 'auto_explain'`.execute(db);
  for (const [name, value] of Object.entries(SETTINGS))
    await sql`ALTER SYSTEM SET ${sql.raw(name)} = ${sql.lit(value)}`.execute(db);
  await sql`SELECT pg_reload_conf()`.execute(db);
}

/** What services with these application names were asked to do, of a server with this folder. */
export function capturedIn(folder: string, applications: readonly string[]): Captured {
  const captured: Captured = { statements: [], copies: [] };
  const log = readFileSync(join(folder, 'server.log'), 'utf8');
  for (const entry of log.split(`\n${PREFIX}`)) {
    const [application = ''] = entry.split('@', 1);
    if (!applications.includes(application)) continue;
    const message = entry.slice(application.length + 1);
    const planned = /^LOG: {2}duration: [\d.]+ ms {2}plan:\n/.exec(message);
    if (planned !== null) captured.statements.push(statementOf(message.slice(planned[0].length)));
    const [, asked = ''] =
      /^LOG: {2}(?:statement|execute [^:]*): (COPY [^\n]*FROM STDIN)/.exec(message) ?? [];
    for (const [copy] of asked.matchAll(/COPY \S+ \([^)]*\) FROM STDIN/g)) captured.copies.push(copy);
  }
  return captured;
}

/** Lines of a message after its first begin with a tab. */
function statementOf(json: string): Statement {
  const { 'Query Text': text, Plan: plan } = JSON.parse(json.replaceAll('\n\t', '\n'));
  return { text, plan };
}
