/** Ingest with a nats-server and folder of its own, and the command line beside it, as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import {
  becomesTrue,
  freePort,
  type Nats,
  repository,
  type Service,
  startNats,
  startService,
} from '@effectstroom/infra';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** A case event as it was published, as far as these tests look. */
export interface PublishedEvent {
  id: string;
  source: string;
  type: string;
  data: { organisation: string; caseId: string; revision: number };
}

const CLIENT = join(repository, 'infra/src/client/main.ts');

export class ClientStack {
  readonly folder = mkdtempSync(join(tmpdir(), 'effectstroom-client-'));
  readonly #started: Client[] = [];
  #nats: Nats | undefined;
  #ingest: Service | undefined;
  #port = 0;

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    this.#port = await freePort();
    writeFileSync(join(this.folder, 'resident-key'), 'a secret of tests, of enough bytes');
    this.#nats = await startNats({ folder: join(this.folder, 'nats') });
    await this.startIngest();
  }

  /** Starts ingest, always at the same address. */
  async startIngest(): Promise<void> {
    const folder = join(this.folder, 'ingest');
    mkdirSync(join(folder, 'data'), { recursive: true });
    const env = {
      NATS_URL: this.#nats?.url ?? '',
      RESIDENT_KEY_SECRET_FILE: join(this.folder, 'resident-key'),
      LOCAL_KEYS: 'true',
      DATA_FOLDER: join(folder, 'data'),
    };
    this.#ingest = await startService({ name: 'ingest', env, folder, port: this.#port });
  }

  async stopIngest(): Promise<void> {
    await this.#ingest?.stop();
  }

  async end(): Promise<void> {
    for (const client of this.#started) client.kill('SIGKILL');
    await this.#ingest?.stop();
    await this.#nats?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file in the folder of the test, and gives its path. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Starts a command; the key is one that may deliver, unless told otherwise. */
  launch(args: readonly string[], env: Record<string, string> = {}): Client {
    const client = new Client([CLIENT, ...args], { ...this.environment, ...env });
    this.#started.push(client);
    return client;
  }

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<Outcome> {
    return this.launch(args).ended;
  }

  async runAs(key: string, ...args: string[]): Promise<Outcome> {
    return this.launch(args, { EFFECTSTROOM_KEY: key }).ended;
  }

  get environment(): Record<string, string> {
    const { PATH = '', HOME = '' } = process.env;
    return { PATH, HOME, EFFECTSTROOM_URL: this.address, EFFECTSTROOM_KEY: 'local-ingest' };
  }

  /** All case events in the stream, oldest first. */
  async publishedEvents(): Promise<PublishedEvent[]> {
    const { username, password } = new URL(this.#nats?.url ?? '');
    const servers = `127.0.0.1:${this.#nats?.port}`;
    const connection = await connect({ servers, user: username, pass: password });
    try {
      const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
      const found: PublishedEvent[] = [];
      if (state.messages === 0) return found;
      const consumer = await jetstream(connection).consumers.get(STREAM);
      for await (const message of await consumer.consume()) {
        if (message.subject.startsWith('cases.')) {
          found.push(
            ...message
              .string()
              .split('\n')
              .map((line) => JSON.parse(line)),
          );
        }
        if (message.seq >= state.last_seq) break;
      }
      return found;
    } finally {
      await connection.close();
    }
  }
}

/** What a command wrote, and its exit code; -1 after a signal. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** A command that runs. */
export class Client {
  readonly ended: Promise<Outcome>;
  readonly pid: number;
  #out = '';
  #err = '';
  readonly #child: ChildProcess;

  constructor(args: readonly string[], env: Record<string, string>) {
    this.#child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.pid = this.#child.pid ?? 0;
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#err += chunk.toString();
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code) => resolve({ code: code ?? -1, out: this.#out, err: this.#err }));
    });
  }

  get output(): string {
    return this.#out + this.#err;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until it says something. */
  async says(text: string): Promise<void> {
    if (await becomesTrue(() => this.output.includes(text), 60_000)) return;
    throw new Error(`it never said ${JSON.stringify(text)}:\n${this.output}`);
  }
}
