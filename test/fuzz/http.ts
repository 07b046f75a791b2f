/** Requests as they are, with whatever stands in them: not even their headers are put right. */
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

export interface Asked {
  method: string;
  /** Percent-encoded where that cannot be left out. */
  path: string;
  headers: Record<string, string | string[]>;
  body?: Uint8Array;
}

export interface Answer {
  status: number;
  type: string;
  text: string;
}

const PATIENCE_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The answer to a request. @throws Error where there is none */
export function ask(url: string, { method, path, headers, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, path, headers, agent, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text });
      });
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.once('error', reject);
    sent.end(body);
  });
}

/** What a server answers to bytes that need not be HTTP; empty where it only closes the connection. */
export function tell(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    // What may go on is not waited for: the server would wait for the rest of the request.
    socket.setTimeout(100, () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', (error) =>
      'code' in error && error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.end(bytes);
  });
}

/** `text` as it may stand in an address: only what cannot is encoded. */
export function pathText(text: string): string {
  return text.replace(/[^\x21-\x7e]|[#?/]/gu, (character) => {
    return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  });
}
