import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer, listen } from './http-server.ts';

let server: ReturnType<typeof createHttpServer>;

beforeEach(() => {
  server = createHttpServer(pino({ level: 'silent' }));
});

describe('a stop', () => {
  it('does not wait for connections on which nothing was asked yet', async () => {
    server.get('/', async () => 'here');
    const { port } = await listen(server, '127.0.0.1', 0);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    // Answered on another connection: the server knows the first one by then.
    await fetch(`http://127.0.0.1:${port}/`);
    const closed = once(socket, 'close');
    await server.close();
    await closed;
  });

  it('answers in full what comes meanwhile on a connection that is in use', async () => {
    const isAsked = Promise.withResolvers<void>();
    const isAskedMore = Promise.withResolvers<void>();
    server.get('/first', async () => {
      isAsked.resolve();
      await isAskedMore.promise;
      return 'the first';
    });
    server.get('/second', async () => 'the second');
    server.addHook('preClose', async () => void socket.write(ask('/second')));
    const { port } = await listen(server, '127.0.0.1', 0);
    const socket = connect(port, '127.0.0.1');
    const answers = text(socket);
    socket.write(ask('/first'));
    await isAsked.promise;
    server.server.once('request', () => isAskedMore.resolve());
    await server.close();
    expect(await answers).toMatch(/200 OK.*the first.*200 OK.*connection: close.*the second/is);
  });
});

function ask(path: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
}
