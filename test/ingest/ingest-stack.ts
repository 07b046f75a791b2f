/** Ingest with a nats-server of its own, in a folder of its own, and what its tests ask of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { becomesTrue, freePort, type Nats, type Service, startNats, startService } from '@effectstroom/infra';
import { JetStreamApiError, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** An answer of ingest. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed text; an empty object where it is no JSON. */
  body: { accepted?: number; detail?: string; errors?: Fault[] };
}

export interface Fault {
  index?: number;
  pointer: string;
  code: string;
  detail: string;
}

/** Headers of a request; those that are undefined are left out. */
export type HeaderChanges = Record<string, string | undefined>;

export class IngestStack {
  readonly folder = mkdtempSync(join(tmpdir(), 'effectstroom-ingest-'));
  #nats: Nats | undefined;
  #isolated: Nats | undefined;
  #ingest: Service | undefined;
  #url = '';

  /** Starts nats-server, or starts it again on the same port and files. */
  async startNats(): Promise<void> {
    const port = this.#nats?.port;
    this.#nats = await startNats({ folder: join(this.folder, 'nats'), ...(port !== undefined && { port }) });
  }

  /** Starts ingest and waits until it is ready; `onPort` is told its address before. */
  async startIngest(env: Record<string, string> = {}, onPort?: (url: string) => void): Promise<void> {
    const secret = join(this.folder, 'resident-key');
    writeFileSync(secret, 'a secret of tests, of enough bytes');
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    onPort?.(this.#url);
    const own = {
      NATS_URL: env['NATS_URL'] ?? this.nats.url,
      RESIDENT_KEY_SECRET_FILE: secret,
      LOCAL_KEYS: 'true',
      ...env,
    };
    this.#ingest = await startService({
      name: 'ingest',
      env: own,
      folder: join(this.folder, 'ingest'),
      port,
    });
  }

  async end(): Promise<void> {
    await this.#ingest?.stop();
    await this.#nats?.stop();
    await this.#isolated?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get nats(): Nats {
    if (this.#nats === undefined) throw new Error('nats-server was not started');
    return this.#nats;
  }

  /**
   * Starts another nats-server, of the same user and password, that is cut off from the others of its cluster: of every
   * stream it says that it is unavailable. `end` stops it.
   */
  async startIsolated(): Promise<Nats> {
    const folder = join(this.folder, 'isolated');
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'password'), new URL(this.nats.url).password, { mode: 0o600 });
    const others = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`);
    const cluster = { name: 'isolated', port: await freePort(), others };
    const isolated = await startNats({ folder, cluster });
    this.#isolated = isolated;
    // For its first seconds it says nothing at all.
    const isUnavailable = () => connected(isolated, saysUnavailable);
    if (!(await becomesTrue(isUnavailable, 30_000))) throw new Error('it does not know that it is cut off');
    return isolated;
  }

  /** Kills nats-server at once, as a crash does. */
  async killNats(): Promise<void> {
    this.nats.kill('SIGKILL');
    await this.nats.exited;
  }

  /** Kills ingest at once, as a crash does. */
  async killIngest(): Promise<void> {
    this.#ingest?.kill('SIGKILL');
    await this.#ingest?.exited;
  }

  /** Asks ingest to stop, as an operator does. */
  async stopIngest(): Promise<void> {
    await this.#ingest?.stop();
  }

  async ask(path: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, init);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
  }

  /** Sends a body with a method, as JSON unless it is text or bytes. */
  send(method: string, path: string, body: unknown, changes: HeaderChanges): Promise<Answer> {
    const headers = Object.entries(changes).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    return this.ask(path, { method, headers, body: isRaw ? body : JSON.stringify(body) });
  }

  /** Sends one event, or a batch, in structured mode with the local key. */
  sendEvents(events: unknown, changes: HeaderChanges = {}): Promise<Answer> {
    const type = `application/cloudevents${Array.isArray(events) ? '-batch' : ''}+json`;
    const headers = { authorization: 'Bearer local-ingest', 'content-type': type, ...changes };
    return this.send('POST', '/v1/events', events, headers);
  }

  /** Does something with a connection to nats-server of its own. */
  withConnection<Result>(use: (connection: NatsConnection) => Promise<Result>): Promise<Result> {
    return connected(this.nats, use);
  }

  /** Sequence of the last message in the stream. */
  lastSequence(): Promise<number> {
    return this.withConnection(async (connection) => {
      const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
      return state.last_seq;
    });
  }

  /** The texts of all messages of the stream with their subjects, oldest first. */
  messages(): Promise<{ subject: string; text: string }[]> {
    return this.withConnection(async (connection) => {
      const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
      const found: { subject: string; text: string }[] = [];
      if (state.messages === 0) return found;
      const consumer = await jetstream(connection).consumers.get(STREAM);
      for await (const message of await consumer.consume()) {
        found.push({ subject: message.subject, text: message.string() });
        if (message.seq >= state.last_seq) break;
      }
      return found;
    });
  }

  /** The published case events, by id. */
  async publishedEvents(): Promise<Map<string, Record<string, unknown>>> {
    const lines = (await this.messages())
      .filter(({ subject }) => subject.startsWith('cases.'))
      .flatMap(({ text }) => text.split('\n'))
      .map((line) => JSON.parse(line));
    return new Map(lines.map((event) => [event.id, event]));
  }
}

async function connected<Result>(
  { url, port }: Nats,
  use: (connection: NatsConnection) => Promise<Result>,
): Promise<Result> {
  const { username, password } = new URL(url);
  const connection = await connect({ servers: `127.0.0.1:${port}`, user: username, pass: password });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function saysUnavailable(connection: NatsConnection): Promise<boolean> {
  const { streams } = await jetstreamManager(connection, { checkAPI: false });
  const error: unknown = await streams.info(STREAM).catch((error: unknown) => error);
  return error instanceof JetStreamApiError && error.status === 503;
}
