/** A wire between ingest and nats-server on which what the server says can be made to arrive later. */
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { loopback, type Nats } from '@effectstroom/infra';

export class SlowWire {
  /** Of nats-server, by this wire. */
  readonly url: string;
  readonly #server: Server;
  readonly #connections: Set<{ laterMs: number }>;

  private constructor(url: string, server: Server, connections: Set<{ laterMs: number }>) {
    this.url = url;
    this.#server = server;
    this.#connections = connections;
  }

  static async to(nats: Nats): Promise<SlowWire> {
    const connections = new Set<{ laterMs: number }>();
    const server = createServer((near) => {
      const connection = { laterMs: 0 };
      connections.add(connection);
      const far = connect(nats.port, loopback);
      near.pipe(far);
      far.on('data', (bytes: Buffer) => setTimeout(() => near.write(bytes), connection.laterMs));
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
    const url = new URL(nats.url);
    url.port = String((server.address() as AddressInfo).port);
    return new SlowWire(url.href, server, connections);
  }

  /** From here on all takes so many milliseconds longer on the connections that there are. */
  delay(laterMs: number): void {
    for (const connection of this.#connections) connection.laterMs = laterMs;
  }

  /** Takes no connection any more. */
  close(): void {
    this.#server.close();
  }
}
