/**
 * The limit of a scrape: a bare node:http server that has the same bytes in memory, under the same headers.
 */
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequests } from './child.ts';

export interface BarePageRequest {
  body: Uint8Array;
  headers: OutgoingHttpHeaders;
}

/** Starts to listen; answers with the URL. */
answerRequests(
  ({ body, headers }: BarePageRequest): Promise<string> =>
    new Promise((resolve) => {
      const server = createServer((_, response) => response.writeHead(200, headers).end(body));
      server.listen(0, '127.0.0.1', () => {
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
      });
    }),
);
