import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { connectNats, type NatsConnection } from './nats.ts';

const MEBIBYTE = 2 ** 20;
/** More than the sockets of one machine keep of what nobody reads. */
const UNSENT_MEBIBYTES = 48;

/** Listens, greets as nats-server and answers every ping; of what else it is sent it takes no notice. */
let server: Server;
let sockets: Socket[];
let connection: NatsConnection;

beforeEach(async () => {
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined); // the client may reset it
    socket.on('data', (bytes) => bytes.includes('PING\r\n') && socket.write('PONG\r\n'));
    socket.write(`INFO {"version":"2.10.0","max_payload":${8 * MEBIBYTE},"headers":true}\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  connection = await connectNats(createLog('test', 'silent'), `nats://127.0.0.1:${port}`, 'test');
});

afterEach(async () => {
  await connection.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

function freezeWithUnsent(): void {
  sockets[0]?.pause();
  const payload = new Uint8Array(MEBIBYTE);
  for (let number = 0; number < UNSENT_MEBIBYTES; number++) connection.publish('cases.0', payload);
}

test('a server that reads no more is left at once where that is asked', async () => {
  freezeWithUnsent();
  await connection.reconnect();
  await expect.poll(() => sockets.length, { timeout: 3_000 }).toBe(2);
  await connection.flush();
});

test('a server that reads no more is left by itself, whatever is unsent', async () => {
  freezeWithUnsent();
  await expect.poll(() => sockets.length, { timeout: 9_000 }).toBe(2);
  await connection.flush();
});
