/**
 * The limits of ingest: a bare node:http server that reads, parses and checks, and answers. Nothing is kept.
 * Checked is with the contract's zod schema, or with the product's own quicker way of asking the same.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CASE_TYPES, checkCaseEvent } from '@effectstroom/contracts';
// The schema itself is no part of the package's surface: the product only uses it through `checkCaseEvent`.
import { caseEventSchemas } from '../../packages/contracts/src/case-event-schema.ts';
import { answerRequests } from './child.ts';

export interface BareHttpRequest {
  check: 'zod' | 'own';
}

const schema = caseEventSchemas[CASE_TYPES.assessed];
const checks: Readonly<Record<BareHttpRequest['check'], (event: unknown) => boolean>> = {
  zod: (event) => schema.safeParse(event).success,
  own: (event) => checkCaseEvent(event, { lookForBsn: false }).event !== undefined,
};

/** Starts to listen; answers with the URL. */
answerRequests(
  ({ check }: BareHttpRequest): Promise<string> =>
    new Promise((resolve) => {
      const isRight = checks[check];
      const server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const events: unknown = JSON.parse(Buffer.concat(parts).toString());
          if (!Array.isArray(events) || !events.every(isRight)) throw new Error('The load is not right');
          response.writeHead(202, { 'content-type': 'application/json' });
          response.end(`{"accepted":${events.length}}`);
        });
      });
      server.listen(0, '127.0.0.1', () => {
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`);
      });
    }),
);
