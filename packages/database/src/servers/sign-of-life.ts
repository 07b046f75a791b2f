/**
 * Ends connections that wait for a PostgreSQL which is not there any more. A process that is stopped, or a
 * machine behind a network that is cut, keeps its connections open and says nothing: without this a
 * question to it would wait for ever. A statement may take as long as it takes, for the server answers
 * others meanwhile.
 */
import { Client, type ClientConfig, DatabaseError } from 'pg';

/** Milliseconds without a byte, while an answer is due, until the server is asked for a sign of life. */
const SILENT_MS = 2_000;

/** Most milliseconds between two such questions during one statement: the wait doubles each time. */
const SILENT_MS_MAX = 30_000;

/** Milliseconds that a sign of life may take, connecting included. */
const SIGN_MS_MAX = 5_000;

/** The part of pg's client that its types leave out. */
interface Wired {
  /** The socket, or the TLS session on it. */
  connection: { stream: import('node:net').Socket };
  /** False while an answer is due. */
  readyForQuery: boolean | null;
}

/** A server that keeps a connection open and answers nobody. Its code is that of a network that is cut. */
export class ServerSilent extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('PostgreSQL does not answer');
  }
}

function wiredOf(client: Client): Wired {
  return client as unknown as Wired;
}

/** Ends a connection at once: whatever waits for it fails with {@link ServerSilent}. */
export function cutOff(client: Client): void {
  wiredOf(client).connection.stream.destroy(new ServerSilent());
}

/**
 * Ends a connection in the orderly way, or by force where the server does not answer in time. Never throws.
 */
export async function endWithin(client: Client, ms: number): Promise<void> {
  const force = setTimeout(() => cutOff(client), ms);
  await client.end().catch(() => undefined);
  clearTimeout(force);
}

/**
 * Watches a connection that was just made, as long as it lives: while an answer is due and nothing comes,
 * the server is asked for a sign of life over a connection of its own, and where it gives none, this one is
 * ended.
 */
export function endWhenSilent(client: Client, config: ClientConfig): void {
  const wired = wiredOf(client);
  const { stream } = wired.connection;
  let waitMs = SILENT_MS;
  let bytesBefore = 0;
  const listen = () => {
    // What moved meanwhile begins a wait anew: the next answer may come soon.
    waitMs = stream.bytesRead === bytesBefore ? Math.min(2 * waitMs, SILENT_MS_MAX) : SILENT_MS;
    bytesBefore = stream.bytesRead;
    stream.setTimeout(waitMs);
  };
  stream.setTimeout(waitMs);
  stream.on('timeout', () => {
    if (wired.readyForQuery) {
      // The next question starts the clock again.
      if (waitMs !== SILENT_MS) stream.setTimeout(SILENT_MS);
      waitMs = SILENT_MS;
      return;
    }
    const { bytesRead } = stream;
    void givesSign(config).then((isThere) => {
      if (stream.destroyed) return;
      if (isThere || stream.bytesRead !== bytesRead) listen();
      else cutOff(client);
    });
  });
}

/** Whether the server answers anybody, be it with a refusal. */
async function givesSign(config: ClientConfig): Promise<boolean> {
  // By another name: this is not a session of the service.
  const own = { application_name: 'sign of life', connectionTimeoutMillis: SIGN_MS_MAX };
  const client = new Client({ ...config, ...own });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    return error instanceof DatabaseError;
  } finally {
    void endWithin(client, SIGN_MS_MAX);
  }
}
