/** Erases cases over HTTP as an administrator would, and looks for what is left of them. */
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import type { Pipeline } from '../harness/pipeline.ts';
import type { SentEvent } from '../harness/sent.ts';
import type { World } from '../harness/world.ts';

/** What a certificate says, as far as tests look at it. */
export interface SeenCertificate {
  id: string;
  organisation: string;
  request: string | null;
  requestedAt: string;
  appliedAt: string | null;
  found: boolean | null;
  removed: Record<'events' | 'quarantined' | 'decisions' | 'unreadable' | 'residents' | 'later', number>;
  kept: { ledgerEntries: number; closingLines: number };
  transport: { until: string; isOver: boolean };
  correction: {
    cases: { registered: number; assessed: number; represented: number };
    gross: string;
    corrected: string;
    exact: { gross: string; corrected: string };
  } | null;
}

/** The answer of ingest. */
export async function postErasure(pipeline: Pipeline, body: object, key = 'local-admin'): Promise<Response> {
  return fetch(`${pipeline.ingest.running.url}/v1/erasures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Asks for an erasure. @returns its id @throws Error where it is refused */
export async function askErasure(world: World, organisation: string, caseId: string): Promise<string> {
  const answer = await postErasure(world.pipeline, { organisation, caseId });
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`erasure: ${answer.status} ${text}`);
  forget(world, organisation, caseId);
  return JSON.parse(text).id;
}

/** What was accepted of the case counts for nothing any more. */
function forget({ accepted }: World, organisation: string, caseId: string): void {
  const isOf = ({ data }: SentEvent) => data.organisation === organisation && data.caseId === caseId;
  const left = accepted.filter((event) => !isOf(event));
  accepted.length = 0;
  for (const event of left) accepted.push(event);
}

/** An answer of the portal. */
export function askPortal(
  pipeline: Pipeline,
  path: string,
  { key = 'local-admin', accept = '*/*' }: { key?: string; accept?: string } = {},
): Promise<Response> {
  return fetch(pipeline.portal.running.url + path, { headers: { authorization: `Bearer ${key}`, accept } });
}

/** The certificate, once the erasure is done. */
export async function certificateOf(pipeline: Pipeline, id: string): Promise<SeenCertificate> {
  let seen: SeenCertificate | undefined;
  const isApplied = async () => {
    const answer = await askPortal(pipeline, `/v1/erasures/${id}`);
    if (answer.status >= 500) throw new Error(await answer.text());
    seen = answer.ok ? ((await answer.json()) as SeenCertificate) : undefined;
    return seen !== undefined && seen.appliedAt !== null;
  };
  await pipeline.until(isApplied, `erasure ${id} is applied`, 20_000);
  if (seen === undefined) throw new Error('there is no certificate');
  return seen;
}

/** Erases a case and waits until it is done. */
export async function erase(world: World, organisation: string, caseId: string): Promise<SeenCertificate> {
  return certificateOf(world.pipeline, await askErasure(world, organisation, caseId));
}

/** The tables in which one of these texts stands, in whatever column, also as bytes. */
export async function tablesThatHold(db: Kysely<Database>, texts: readonly string[]): Promise<string[]> {
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`.execute(db);
  if (tables.rows.length < 15) throw new Error('the tables of the product are not seen');
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string }>`SELECT DISTINCT s.text FROM ${sql.table(name)} AS t,
        unnest(${[...texts]}::text[]) AS s(text)
      WHERE position(s.text IN t::text) > 0
        OR position(encode(convert_to(s.text, 'UTF8'), 'hex') IN t::text) > 0`.execute(db);
    found.push(...rows.map(({ text }) => `${name}: ${text}`));
  }
  return found.sort();
}
