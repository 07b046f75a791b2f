/** The limit of ingest: a bare node:http server that reads, parses and checks, and answers. Nothing is kept. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkCaseEvent } from '@effectstroom/contracts';
import { answerRequests } from './child.ts';

export type BareHttpRequest = { do: 'listen' };

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const events: unknown = JSON.parse(Buffer.concat(parts).toString());
    if (!Array.isArray(events)) throw new Error('The load is no batch');
    for (const event of events) {
      const { faults } = checkCaseEvent(event, { lookForBsn: false });
      if (faults !== undefined) throw new Error('The load is not right');
    }
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end(`{"accepted":${events.length}}`);
  });
});

/** Answers with the URL. */
answerRequests(
  (_request: BareHttpRequest): Promise<string> =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`);
      });
    }),
);
