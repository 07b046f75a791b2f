/**
 * The limits of ingest: a bare node:http server that reads, parses and checks, and answers. Nothing is kept,
 * unless inserts are asked for. Checked is with the contract's zod schema, or with the product's own quicker
 * way of asking the same.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CASE_TYPES, type CaseEvent, checkCaseEvent } from '@effectstroom/contracts';
// The schema itself is no part of the package's surface: the product only uses it through `checkCaseEvent`.
import { caseEventSchemas } from '../../packages/contracts/src/case-event-schema.ts';
import { answerRequests } from './child.ts';
import { pooled } from './fresh-database.ts';

export interface BareHttpRequest {
  check: 'zod' | 'own';
  /**
   * What one might do instead of a stream: insert each event, in a transaction a request, and then answer.
   */
  insert?: { databaseUrl: string; connections: number };
}

type Keep = (events: readonly CaseEvent[]) => Promise<void>;

const schema = caseEventSchemas[CASE_TYPES.assessed];
const checks: Readonly<Record<BareHttpRequest['check'], (event: unknown) => boolean>> = {
  zod: (event) => schema.safeParse(event).success,
  own: (event) => checkCaseEvent(event, { lookForBsn: false }).event !== undefined,
};

/** Starts to listen; answers with the URL. */
answerRequests(async ({ check, insert }: BareHttpRequest): Promise<string> => {
  const isRight = checks[check];
  const keep = insert === undefined ? undefined : await inserting(insert);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    const answer = (count: number) => {
      response.writeHead(202, { 'content-type': 'application/json' });
      response.end(`{"accepted":${count}}`);
    };
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const events: unknown = JSON.parse(Buffer.concat(parts).toString());
      if (!Array.isArray(events) || !events.every(isRight)) throw new Error('The load is not right');
      if (keep === undefined) answer(events.length);
      else keep(events).then(() => answer(events.length), fail);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
});

async function inserting({
  databaseUrl,
  connections,
}: NonNullable<BareHttpRequest['insert']>): Promise<Keep> {
  const pool = pooled(databaseUrl, connections);
  await pool.query('CREATE TABLE kept_event (source text, id text, payload text, PRIMARY KEY (source, id))');
  const text = 'INSERT INTO kept_event VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
  return async (events) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      for (const event of events) {
        const values = [event.source, event.id, JSON.stringify(event)];
        await client.query({ name: 'keep', text, values });
      }
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
}

function fail(error: Error): void {
  process.stderr.write(`bare HTTP: ${error.message}\n`);
  process.exit(1);
}
