import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomesTrue, freePort, loopback, repository } from '@effectstroom/infra';

/** The parts of the stack, and the file below the data folder that holds the process number of each. */
export const pidFiles = {
  PostgreSQL: 'postgres/server.pid',
  'nats-server': 'nats/server.pid',
  calculator: 'run/calculator.pid',
  ingest: 'run/ingest.pid',
  portal: 'run/portal.pid',
  exporter: 'run/exporter.pid',
} as const;

export type PartName = keyof typeof pidFiles;

/**
 * A data folder and three ports of a test's own, on which it starts stacks as a person would: one at a time.
 */
export class LocalStack {
  readonly folder = mkdtempSync(join(tmpdir(), 'effectstroom-stack-'));
  readonly ports: Record<'ingest' | 'portal' | 'exporter', number>;
  #process: ChildProcess | undefined;
  #output = '';
  #ended = Promise.resolve(-1);

  private constructor(ports: LocalStack['ports']) {
    this.ports = ports;
  }

  static async create(): Promise<LocalStack> {
    const [ingest, portal, exporter] = [await freePort(), await freePort(), await freePort()];
    return new LocalStack({ ingest, portal, exporter });
  }

  /** What `npm start -- …` runs once everything is installed. */
  start(args: readonly string[], env: Record<string, string> = {}): void {
    this.#output = '';
    const child = spawn(process.execPath, ['infra/src/start.ts', ...args], {
      cwd: repository,
      env: {
        ...process.env,
        EFFECTSTROOM_DATA: this.folder,
        INGEST_PORT: String(this.ports.ingest),
        PORTAL_PORT: String(this.ports.portal),
        EXPORTER_PORT: String(this.ports.exporter),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    this.#process = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', (code) => resolve(code ?? -1));
    });
  }

  get output(): string {
    return this.#output;
  }

  /** Waits until it says that it is up. */
  async isUp(): Promise<void> {
    let code: number | undefined;
    void this.#ended.then((ended) => {
      code = ended;
    });
    const isUp = () => this.#output.includes('Stoppen: Ctrl-C') || code !== undefined;
    if (!(await becomesTrue(isUp, 120_000)) || code !== undefined) {
      throw new Error(`the stack did not come up (code ${code}):\n${this.#output}`);
    }
  }

  /** The exit code, once it has ended; -1 after a signal. */
  ended(): Promise<number> {
    return this.#ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** The part's process number, 0 while it does not run. */
  pidOf(part: PartName): number {
    const file = join(this.folder, pidFiles[part]);
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  }

  pids(): number[] {
    return (Object.keys(pidFiles) as PartName[]).map((part) => this.pidOf(part));
  }

  address(service: 'ingest' | 'portal' | 'exporter'): string {
    return `http://${loopback}:${this.ports[service]}`;
  }

  /** Ends what still runs and removes the folder. */
  async remove(): Promise<void> {
    this.signal('SIGTERM');
    await this.#ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether a process runs; one that has ended and was not yet taken note of does not. */
export function runs(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}
