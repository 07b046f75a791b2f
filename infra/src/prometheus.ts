import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopback, onRememberedPort } from './ports.ts';
import { prometheusProgram } from './prometheus-program.ts';
import { type Running, startProcess, stopLeftover } from './running.ts';
import { untilReady } from './until-ready.ts';

const START_DEADLINE_MS = 60_000;
const ANSWER_DEADLINE_MS = 10_000;

export type PrometheusOptions = {
  /** Holds the configuration, the port and what was scraped; made when absent. */
  folder: string;
  /** The text of prometheus.yml, which may also be JSON; relative paths in it are relative to the folder. */
  config: string;
  /** Listen here or fail; by default the folder's own port, or a new one when that is taken. */
  port?: number;
  /** Told, in Dutch, when the program has to be fetched. */
  progress?: (line: string) => void;
  /** Aborting ends a start that is under way. */
  signal?: AbortSignal;
};

/** A series and its value, as an instant query answers it. */
export type PrometheusSample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** A Prometheus that runs. */
export type Prometheus = Running & {
  readonly url: string;
  readonly port: number;
  /**
   * Asks one PromQL expression, at this moment unless `at` says otherwise.
   * @throws {Error} with what Prometheus says of an expression that is wrong
   */
  query(expression: string, at?: Date): Promise<readonly PrometheusSample[]>;
  /** The `data` of another GET of its HTTP API, as `get('/api/v1/rules')`. */
  get(path: string): Promise<unknown>;
};

/**
 * Starts Prometheus on a folder, and waits until it answers.
 *
 * @throws {StartFault} when there is no Prometheus to be had, or it does not start
 */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const folder = realpathSync(options.folder);
  const { prometheus } = await prometheusProgram(options.progress, options.signal);
  const config = join(folder, 'prometheus.yml');
  const pidFile = join(folder, 'prometheus.pid');
  await stopLeftover(pidFile, config, 'SIGTERM');
  writeFileSync(config, options.config);
  return onRememberedPort(join(folder, 'port'), options.port, async (port) => {
    const running = await startProcess({
      command: [
        ...[prometheus, `--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`],
        ...[`--web.listen-address=${loopback}:${port}`, '--log.level=warn'],
      ],
      env: { PATH: process.env['PATH'] ?? '' },
      cwd: folder,
      logFile: join(folder, 'prometheus.log'),
      pidFile,
      stopSignal: 'SIGTERM',
    });
    const url = `http://${loopback}:${port}`;
    await untilReady(running, 'Prometheus', () => answers(url), {
      deadlineMs: START_DEADLINE_MS,
      signal: options.signal,
    });
    const get = (path: string) => ask(url, path);
    return { ...running, url, port, get, query: (expression, at) => query(url, expression, at) };
  });
}

async function answers(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? 'ready' : (await response.text()).slice(0, 1_000);
  } catch {
    return 'het antwoordt nog niet';
  }
}

async function ask(url: string, path: string): Promise<unknown> {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
  const answer = (await response.json()) as { status: string; data?: unknown; error?: string };
  if (answer.status !== 'success') throw new Error(`Prometheus: ${answer.error ?? response.status}`);
  return answer.data;
}

type InstantAnswer =
  | { resultType: 'vector'; result: readonly { metric: Record<string, string>; value: [number, string] }[] }
  | { resultType: 'scalar'; result: [number, string] };

async function query(url: string, expression: string, at = new Date()): Promise<PrometheusSample[]> {
  const asked = new URLSearchParams({ query: expression, time: String(at.getTime() / 1000) });
  const answer = (await ask(url, `/api/v1/query?${asked}`)) as InstantAnswer;
  if (answer.resultType === 'scalar') return [{ labels: {}, value: Number(answer.result[1]) }];
  return answer.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}
