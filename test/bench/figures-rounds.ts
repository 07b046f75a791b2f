/** How long the portal takes for figures, and how long one waits for SQL over the cases themselves. */
import { type AnswerTimes, answerTimes } from './answer-times.ts';
import { FIGURES_QUESTIONS } from './figures-questions.ts';
import { figuresReport } from './figures-report.ts';
import { withFiguresServers } from './figures-servers.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { measureRecompute, type RecomputeResult } from './raw/recompute-rounds.ts';

export interface FiguresResult {
  cases: number;
  /** Cases a second, and the process that filled at its largest. */
  filledPerSecond: number;
  fillMemoryBytes: number;
  databaseBytes: number;
  /** By name of the question; a text says why there are none. */
  times: Record<string, AnswerTimes | string>;
  recomputed: RecomputeResult;
}

/** A question that takes longer than this together is asked fewer times. */
const QUESTION_MS_MAX = 60_000;

/** Measures one request at a time, on a database that is filled for it. */
export async function queriesPart(context: BenchContext): Promise<PartReport> {
  const { options, signal, tell } = context;
  const { cases, requests, seed } = options;
  tell(`${cases} cases …`);
  return withFiguresServers({ cases, seed, signal, tell }, async (servers) => {
    const { filled, bytes: databaseBytes, postgresVersion } = servers;
    const times: FiguresResult['times'] = {};
    const asking = { portalUrl: servers.portalUrl, asked: filled, seed, requests, msMax: QUESTION_MS_MAX };
    for (const question of FIGURES_QUESTIONS) {
      signal.throwIfAborted();
      times[question.name] = await answerTimes(question, asking);
      tell(`${question.name}: ${JSON.stringify(times[question.name])}`);
    }
    const recomputed = await measureRecompute(servers, context);
    const filling = { filledPerSecond: cases / filled.seconds, fillMemoryBytes: filled.memoryBytes };
    const result = { cases, ...filling, databaseBytes, times, recomputed };
    return figuresReport(result, requests, { PostgreSQL: postgresVersion });
  });
}
