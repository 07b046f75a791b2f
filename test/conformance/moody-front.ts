/** A front of ingest that does what busy servers and bad lines do: refuses for a while, and loses an answer. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request. */
export type Mood = 'pass' | 'busy' | 'too-many' | 'answer-lost';

export class MoodyFront {
  readonly #target: string;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #moods: Mood[] = [];

  private constructor(target: string) {
    this.#target = target;
  }

  /** A front of the server at this address. */
  static async start(target: string): Promise<MoodyFront> {
    const front = new MoodyFront(target);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What happens to the next requests, in order; those after them pass. */
  plan(moods: readonly Mood[]): void {
    this.#moods = [...moods];
  }

  /** Moods of the plan that no request has met. */
  get left(): number {
    return this.#moods.length;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const mood = this.#moods.shift() ?? 'pass';
    if (mood === 'busy' || mood === 'too-many') {
      const status = mood === 'busy' ? 503 : 429;
      const headers = { 'content-type': 'application/problem+json', 'retry-after': '1' };
      response.writeHead(status, headers).end(JSON.stringify({ type: 'about:blank', status }));
      return;
    }
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(this.#target + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': type },
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (mood === 'answer-lost') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
  }
}
