/** The same bytes as the board sent, from memory: what its first view costs without the product. */
import { createServer, type Server } from 'node:http';
import { loopback } from '@effectstroom/infra';
import type { Answered } from './board-visitor.ts';

export interface Replay {
  url: string;
  end(): Promise<void>;
}

/** Headers that belong to a connection and not to what was sent. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);

/** @param answers by path with query; everything else is answered with 204, also the stream of changes */
export async function startReplay(answers: ReadonlyMap<string, Answered>): Promise<Replay> {
  const server = createServer(({ url = '' }, reply) => {
    const kept = answers.get(url);
    if (kept === undefined) {
      reply.writeHead(204).end();
      return;
    }
    for (const [name, value] of Object.entries(kept.headers))
      if (!OWN.has(name) && value !== undefined) reply.setHeader(name, value);
    reply.setHeader('content-length', kept.body.length).writeHead(kept.status).end(kept.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, loopback, resolve);
  });
  return { url: `http://${loopback}:${portOf(server)}`, end: () => ended(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the replay does not listen');
  return address.port;
}

function ended(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
