/** How long the portal takes for figures, and how that grows with the number of cases. */
import { seededRandom } from '../scenarios/random.ts';
import { FIGURES_QUESTIONS, type FiguresQuestion } from './figures-questions.ts';
import { type FiguresServers, withFiguresServers } from './figures-servers.ts';
import type { BenchOptions } from './options.ts';
import { quantile } from './statistics.ts';

/** Milliseconds from asking to the end of the answer. */
export interface AnswerTimes {
  requests: number;
  p50: number;
  p99: number;
  /** Of the answers together, divided by their number. */
  bytes: number;
}

export interface FiguresSize {
  cases: number;
  /** Cases a second, and the process that filled at its largest. */
  filledPerSecond: number;
  fillMemoryBytes: number;
  databaseBytes: number;
  /** By name of the question; a text says why there are none. */
  times: Record<string, AnswerTimes | string>;
}

export interface FiguresResult {
  sizes: FiguresSize[];
  postgresVersion: string;
}

const WARM_UP_REQUESTS = 10;
const REQUESTS = 200;
/** A question that takes longer than this together is asked fewer times. */
const QUESTION_MS_MAX = 60_000;

/** Measures each size on a database of its own, one request at a time. */
export async function measureFigures(
  { figuresSizes, seed }: BenchOptions,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<FiguresResult> {
  const result: FiguresResult = { sizes: [], postgresVersion: '' };
  for (const cases of figuresSizes) {
    tell(`${cases} cases …`);
    await withFiguresServers({ cases, seed, signal, tell }, async (servers) => {
      const { filled, bytes, postgresVersion } = servers;
      const times: FiguresSize['times'] = {};
      for (const question of FIGURES_QUESTIONS) {
        signal.throwIfAborted();
        times[question.name] = await timesOf(question, servers, seed);
        tell(`${question.name}: ${JSON.stringify(times[question.name])}`);
      }
      result.postgresVersion = postgresVersion;
      result.sizes.push({
        ...{ cases, times, databaseBytes: bytes, fillMemoryBytes: filled.memoryBytes },
        filledPerSecond: cases / filled.seconds,
      });
    });
  }
  return result;
}

async function timesOf(
  { path }: FiguresQuestion,
  { portalUrl, filled }: FiguresServers,
  seed: number,
): Promise<AnswerTimes | string> {
  const random = seededRandom(BigInt(seed));
  const ask = async (): Promise<{ status: number; text: string }> => {
    const headers = { authorization: 'Bearer local-read' };
    const response = await fetch(portalUrl + path(filled, random), { headers });
    return { status: response.status, text: await response.text() };
  };
  for (let request = 0; request < WARM_UP_REQUESTS; request++) {
    const { status, text } = await ask();
    if (status !== 200) return `${status}: ${text.slice(0, 200)}`;
  }
  const taken: number[] = [];
  let bytes = 0;
  const startedAt = performance.now();
  while (taken.length < REQUESTS && performance.now() - startedAt < QUESTION_MS_MAX) {
    const askedAt = performance.now();
    const { status, text } = await ask();
    taken.push(performance.now() - askedAt);
    bytes += text.length;
    if (status !== 200) return `${status}: ${text.slice(0, 200)}`;
  }
  const [p50, p99] = [quantile(taken, 0.5), quantile(taken, 0.99)];
  return { requests: taken.length, p50, p99, bytes: Math.round(bytes / taken.length) };
}
