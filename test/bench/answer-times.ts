/** How long a portal takes for a question, asked again and again. */
import { seededRandom } from '../scenarios/random.ts';
import type { Asked, FiguresQuestion } from './figures-questions.ts';
import { quantile } from './statistics.ts';

/** Milliseconds from asking to the end of the answer. */
export interface AnswerTimes {
  requests: number;
  p50: number;
  p99: number;
  /** Of the answers together, divided by their number. */
  bytes: number;
}

export interface AskedAgain {
  portalUrl: string;
  asked: Asked;
  seed: number;
  /** Where they take more than `msMax` together, it is asked fewer times. */
  requests: number;
  msMax: number;
}

const WARM_UP_REQUESTS = 10;

/**
 * One request at a time, after some that do not count. @returns or why there is no answer, as the portal says
 * it
 */
export async function answerTimes(
  { path }: FiguresQuestion,
  { portalUrl, asked, seed, requests, msMax }: AskedAgain,
): Promise<AnswerTimes | string> {
  const random = seededRandom(BigInt(seed));
  const ask = async (): Promise<{ status: number; text: string }> => {
    const headers = { authorization: 'Bearer local-read' };
    const response = await fetch(portalUrl + path(asked, random), { headers });
    return { status: response.status, text: await response.text() };
  };
  const taken: number[] = [];
  let bytes = 0;
  const startedAt = performance.now();
  for (let request = 0; request < WARM_UP_REQUESTS + requests; request++) {
    const askedAt = performance.now();
    if (taken.length > 0 && askedAt - startedAt > msMax) break;
    const { status, text } = await ask();
    if (status !== 200) return `${status}: ${text.slice(0, 200)}`;
    if (request < WARM_UP_REQUESTS) continue;
    taken.push(performance.now() - askedAt);
    bytes += text.length;
  }
  const [p50, p99] = [quantile(taken, 0.5), quantile(taken, 0.99)];
  return { requests: taken.length, p50, p99, bytes: Math.round(bytes / taken.length) };
}
