import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyOf, requireScope } from './authorise.ts';
import { addHealthRoutes } from './health.ts';
import { createHttpServer, listen } from './http-server.ts';
import { createKeyRing } from './key-ring.ts';
import { isLoopback } from './loopback.ts';
import { ProblemError } from './problem.ts';

const log = pino({ level: 'silent' });
const app = { close: async () => {} };
let url: string;
let isReady: boolean;

beforeEach(async () => {
  const server = createHttpServer(log, { bodyBytes: 100 });
  const keys = createKeyRing(log, { LOCAL_KEYS: true });
  isReady = true;
  addHealthRoutes(server, { stream: () => (isReady ? undefined : 'gone'), other: async () => undefined });
  server.get('/fails', async () => {
    throw new Error('secret words');
  });
  server.get('/problem', async () => {
    throw new ProblemError(409, 'too early', { 'retry-after': '3' }, { latest: 'x' });
  });
  server.post('/name', { onRequest: requireScope(keys, 'ingest') }, async (request) => keyOf(request).name);
  const { port } = await listen(server, '127.0.0.1', 0);
  url = `http://127.0.0.1:${port}`;
  app.close = () => server.close();
});
afterEach(() => app.close());

async function ask(path: string, init: RequestInit = {}) {
  const answer = await fetch(`${url}${path}`, init);
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

describe('every answer', () => {
  it.each(['/health/live', '/nothing', '/fails', '/name', '/%zz'])('of %s has the headers', async (path) => {
    const { headers } = await ask(path);
    expect(headers.get('api-version')).toBe('1.0.0');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  });
});

describe('what goes wrong', () => {
  it.each([
    ['/nothing', 'GET', 404],
    ['/name', 'GET', 405],
    ['/name', 'DELETE', 405],
    ['/health/live', 'POST', 405],
    ['/fails', 'GET', 500],
    ['/%zz', 'GET', 400],
    [`/${'a'.repeat(20_000)}`, 'GET', 400],
  ])('is a problem: %s %s is %d', async (path, method, status) => {
    const answer = await ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      status,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(answer.text).not.toContain('secret');
    expect(answer.text).not.toContain('%zz');
  });

  it('names the methods that are allowed', async () => {
    expect((await ask('/name')).headers.get('allow')).toBe('POST');
    expect((await ask('/health/live', { method: 'PUT' })).headers.get('allow')).toBe('GET, HEAD');
  });

  it('keeps the headers and members of a problem', async () => {
    const { status, headers, body } = await ask('/problem');
    expect([status, headers.get('retry-after'), body.latest, body.detail]).toEqual([
      409,
      '3',
      'x',
      'too early',
    ]);
  });

  it('is answered also to a body that is much too large', async () => {
    const init = {
      method: 'POST',
      headers: { authorization: 'Bearer local-ingest', 'content-type': 'application/json' },
    };
    for (const bytes of [101, 5_000_000]) {
      expect((await ask('/name', { ...init, body: `"${'x'.repeat(bytes)}"` })).status).toBe(413);
    }
  });
});

describe('a request that does not arrive', () => {
  it('is ended in its time, which is longer for an upload', async () => {
    const server = createHttpServer(log, { requestTimeout: 100, uploadTimeout: 60_000 });
    server.post('/usual', async () => 'done');
    server.post('/upload', { config: { isUpload: true } }, async () => 'done');
    const { port } = await listen(server, '127.0.0.1', 0);
    const start = (path: string) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\n`,
      );
      return socket;
    };
    const upload = start('/upload');
    expect(await text(start('/usual'))).toContain('took too long to arrive');
    upload.write('1234');
    await once(upload, 'data').then(([bytes]) => expect(String(bytes)).toContain('200 OK'));
    upload.end();
    await server.close();
  });
});

describe('a key', () => {
  const post = (headers: Record<string, string>) => ask('/name', { method: 'POST', headers });

  it('is asked for', async () => {
    const { status, headers } = await post({});
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="effectstroom"']);
    expect((await post({ authorization: 'Basic bG9jYWw6' })).status).toBe(401);
    expect((await post({ authorization: 'Bearer nobody' })).headers.get('www-authenticate')).toContain(
      'invalid_token',
    );
  });

  it('opens what it has the right to', async () => {
    expect((await post({ authorization: 'Bearer local-ingest' })).text).toBe('local-ingest');
    expect((await post({ authorization: 'bearer local-admin' })).text).toBe('local-admin');
    expect((await post({ authorization: 'Bearer local-read' })).status).toBe(403);
  });

  it('of the local stack does not come through a proxy', async () => {
    for (const header of ['x-forwarded-for', 'forwarded']) {
      expect((await post({ authorization: 'Bearer local-ingest', [header]: '10.0.0.1' })).status).toBe(401);
    }
  });
});

describe('health', () => {
  it('is ready when all checks pass', async () => {
    expect((await ask('/health/ready')).body).toEqual({
      status: 'ready',
      checks: { stream: 'ok', other: 'ok' },
    });
    isReady = false;
    const { status, body } = await ask('/health/ready');
    expect([status, body.checks]).toEqual([503, { stream: 'gone', other: 'ok' }]);
    expect((await ask('/health/live')).status).toBe(200);
  });
});

describe('isLoopback', () => {
  it('tells this machine from others', () => {
    expect(
      ['127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost'].map(isLoopback),
    ).toEqual(Array(6).fill(true));
    expect(['0.0.0.0', '::', '10.0.0.1', 'example.nl', ''].map(isLoopback)).toEqual(Array(5).fill(false));
  });
});
