/** Links pass everything on unchanged, and break connections where they are told to. */

import { once } from 'node:events';
import { createServer, type Socket, connect as tcp } from 'node:net';
import { loopback } from '@effectstroom/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { Link } from './link.ts';

const MEGABYTES = Buffer.alloc(3_000_000, 'effectstroom');
/** Bytes that arrived. */
let echoed = 0;
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', ({ length }: Buffer) => {
    echoed += length;
  });
  socket.on('error', () => undefined);
  socket.pipe(socket);
});
const link = new Link(() => ({ host: loopback, port: (echo.address() as { port: number }).port }));
let port: number;

beforeAll(async () => {
  echo.listen(0, loopback);
  await once(echo, 'listening');
  port = await link.listen();
});
afterAll(async () => {
  await link.close();
  echo.close();
});

/** Sends all and reads until the end. @returns what came back, and how it ended */
async function round(): Promise<{ bytes: Buffer; error: string | undefined }> {
  const socket: Socket = tcp({ host: loopback, port });
  const chunks: Buffer[] = [];
  let error: string | undefined;
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', (fault: NodeJS.ErrnoException) => {
    error = fault.code;
  });
  socket.end(MEGABYTES);
  await new Promise((resolve) => socket.once('close', resolve));
  return { bytes: Buffer.concat(chunks), error };
}

test('every byte passes', async () => {
  const { bytes, error } = await round();
  expect(error).toBeUndefined();
  expect(bytes.equals(MEGABYTES)).toBe(true);
});

test('of an answer that is to be lost nothing arrives, though what was asked did', async () => {
  const before = echoed;
  link.loseAnswers();
  const { bytes, error } = await round();
  expect(['ECONNRESET', 'EPIPE']).toContain(error);
  expect(bytes.length).toBe(0);
  expect(echoed).toBeGreaterThan(before);
  expect(link.mend()).toBe(1);
  expect((await round()).bytes.equals(MEGABYTES)).toBe(true);
});

test('a connection is reset after some bytes or answers, and none once it is mended', async () => {
  link.breakAfterBytes(seededRandom(1n), 100_000);
  for (let place = 0; place < 10; place++) {
    const { bytes, error } = await round();
    expect(['ECONNRESET', 'EPIPE']).toContain(error);
    expect(bytes.length).toBeLessThan(100_000);
  }
  expect(link.mend()).toBe(10);
  expect((await round()).error).toBeUndefined();
});
