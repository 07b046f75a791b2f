import { createReadStream } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { ClientFault, Refused, ServerAway } from './faults.ts';
import { refusalOf } from './refusal.ts';
import { asAway, type Question, type Server } from './server.ts';

/** A file to send. */
export interface Upload {
  file: string;
  /** Bytes of it to send: what it holds at the moment. */
  bytes: number;
  path: string;
  query: NonNullable<Question['query']>;
  /** Told how many bytes have been sent. */
  onSent?(bytes: number): void;
}

/** A connection on which nothing moves for so long is lost; the server also needs it to read a proposal. */
const IDLE_MS = 5 * 60_000;
const MOST_ANSWER_CHARACTERS = 16 * 1024 * 1024;

/**
 * Sends a file as it is, in bounded memory, and gives the text of the answer. An answer that comes before the
 * end of the file, such as a refusal, ends the sending.
 *
 * @throws {ServerAway | Refused} when patience is at its end
 */
export function upload(server: Server, what: Upload): Promise<string> {
  return server.patiently({ method: 'POST', path: what.path }, () => sendOnce(server, what));
}

async function sendOnce(server: Server, { file, bytes, path, query, onSent }: Upload): Promise<string> {
  const url = server.urlOf(path, query);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = send(url, {
    method: 'POST',
    signal: server.signal,
    timeout: IDLE_MS,
    headers: {
      authorization: server.authorization,
      accept: 'application/json',
      'content-type': contentTypeOf(file),
      'content-length': bytes,
    },
  });
  request.on('timeout', () => request.destroy(new ServerAway('ETIMEDOUT')));
  const answer = new Promise<UploadAnswer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => answerIn(response).then(resolve, reject));
  });
  const reading: Reading = { fault: undefined };
  // What goes wrong in sending shows in the answer, or in its absence.
  pipeline(read(file, bytes, onSent, reading), request).catch(() => {});
  try {
    const { status, retryAfter, text } = await answer;
    if (status >= 200 && status < 300) return text;
    throw refusalOf(status, retryAfter, text);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw reading.fault ?? asAway(error, server.signal);
  } finally {
    request.destroy();
  }
}

interface Reading {
  /** Why the file could not be read to its end. */
  fault: unknown;
}

async function* read(
  file: string,
  bytes: number,
  onSent: Upload['onSent'],
  reading: Reading,
): AsyncGenerator<Buffer> {
  if (bytes === 0) return;
  let sent = 0;
  try {
    for await (const piece of createReadStream(file, { end: bytes - 1, highWaterMark: 256 * 1024 })) {
      yield piece;
      sent += piece.length;
      onSent?.(sent);
    }
    if (sent < bytes)
      throw new ClientFault('Het bestand werd korter tijdens het versturen. Probeer opnieuw.');
  } catch (error) {
    reading.fault = error;
    throw error;
  }
}

async function answerIn(response: IncomingMessage): Promise<UploadAnswer> {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) {
    text += piece;
    if (text.length > MOST_ANSWER_CHARACTERS) throw new ServerAway('an answer that is too long');
  }
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null, text };
}

interface UploadAnswer {
  status: number;
  retryAfter: string | null;
  text: string;
}

function contentTypeOf(file: string): string {
  if (/\.(csv|txt)$/i.test(file)) return 'text/csv';
  const isWorkbook = /\.xlsx$/i.test(file);
  return isWorkbook
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : 'application/octet-stream';
}
