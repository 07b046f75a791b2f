/** A replica, and asking services that read from it. */
import { join } from 'node:path';
import type { Status } from '@effectstroom/contracts';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { Part } from '../harness/part.ts';
import type { Pipeline } from '../harness/pipeline.ts';
import { exchange, jsonRequest } from '../harness/post.ts';

/** A period in which every case of these tests lies. */
export const SAVINGS = '/v1/savings?from=2021-01-01&to=2021-12-31&groupBy=theme';

/** A replica of the pipeline's PostgreSQL, in a folder beside it; each start has the same port. */
export function replicaOf({ folder, postgres }: Pipeline): Part<Postgres> {
  return new Part('replica', (port) =>
    startPostgres({
      folder: join(folder, 'replica'),
      settings: { fsync: 'off' },
      replicaOf: { url: postgres.running.url, folder: join(folder, 'postgres') },
      ...(port === undefined ? {} : { port }),
    }),
  );
}

export interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
  /** Until the whole answer was there. */
  ms: number;
}

/** Asks with a key that may see everything. */
export async function ask(url: string): Promise<Answer> {
  const began = performance.now();
  const response = await fetch(url, {
    headers: { authorization: 'Bearer local-admin' },
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), text, ms: performance.now() - began };
}

/** Sends an assessment of the revision of a case that was shown. */
export async function assess(portal: string, path: string, revision: number) {
  const line = { service: 'begeleiding', quantity: '1', likelihood: 'certain', contribution: 'certain' };
  const said = { revision, avoided: [{ ...line, recurrence: 'one-off' }] };
  const { status, text } = await exchange(portal, jsonRequest('POST', path, 'local-admin', said));
  return { status, body: JSON.parse(text) as unknown };
}

/** What a portal says of itself. @throws Error where it does not */
export async function statusOf(portal: string): Promise<Status> {
  const { status, text } = await ask(`${portal}/v1/status`);
  if (status !== 200) throw new Error(`status: ${status} ${text}`);
  return JSON.parse(text);
}

/** Its figures, without the moment of the answer. @throws Error where it gives none */
export async function figuresOf(portal: string): Promise<{ asOf: string; rows: unknown; total: unknown }> {
  const { status, text } = await ask(portal + SAVINGS);
  if (status !== 200) throw new Error(`savings: ${status} ${text}`);
  const { basis, rows, total } = JSON.parse(text);
  return { asOf: basis.asOf, rows, total };
}

/** A gauge without labels of the exporter; undefined where it is not shown. */
export async function gaugeOf(exporter: string, name: string): Promise<number | undefined> {
  const { text } = await ask(`${exporter}/metrics`);
  const [, value] = new RegExp(`^effectstroom_${name} (\\S+)$`, 'm').exec(text) ?? [];
  return value === undefined ? undefined : Number(value);
}
