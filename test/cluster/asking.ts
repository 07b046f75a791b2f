/** Asking services that run on two machines: where one does not answer, the other is asked, as clients should. */
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange, type Request } from '../harness/post.ts';

/** Milliseconds that one attempt may take: longer than ingest itself takes to say that it cannot now. */
export const ANSWER_MS = 6_000;
/** Until a request is given up: what is tried then is not lost for a moment but for good. */
const PATIENCE_MS = 90_000;
const AGAIN_MS = 100;

/** What clients met. */
export class Met {
  requests = 0;
  /** Attempts that were answered otherwise and made again, by what came instead. */
  readonly retried = new Map<string, number>();
  /** Answers that a client cannot know what to do with, in words; none is right. */
  readonly wrong: string[] = [];
  /** Most milliseconds that a request took, its attempts together. */
  longestMs = 0;

  retry(instead: string): void {
    this.retried.set(instead, (this.retried.get(instead) ?? 0) + 1);
  }

  get retries(): number {
    return [...this.retried.values()].reduce((sum, count) => sum + count, 0);
  }
}

/**
 * Asks until one of the services answers as expected.
 * @param urls of the services; the first is asked first
 * @returns the text of the answer
 * @throws Error where none does for a minute and a half
 */
export async function ask(
  urls: readonly string[],
  request: Request,
  status: number,
  met: Met,
): Promise<string> {
  const start = performance.now();
  met.requests++;
  for (let attempt = 0; performance.now() - start < PATIENCE_MS; attempt++) {
    const url = urls[attempt % urls.length] ?? '';
    const text = await askOnce(url, request, status, met);
    if (text !== undefined) {
      met.longestMs = Math.max(met.longestMs, performance.now() - start);
      return text;
    }
    // Where both failed, a while later.
    if (attempt % urls.length === urls.length - 1) await sleep(AGAIN_MS);
  }
  throw new Error(`${request.method} ${request.path} is not answered with ${status}`);
}

async function askOnce(url: string, request: Request, status: number, met: Met): Promise<string | undefined> {
  const answer = await exchange(url, request, ANSWER_MS);
  if (answer.status === status) return answer.text;
  const says = answer.retryAfter === null ? 'without' : 'with';
  if (answer.status === 0) met.retry(answer.text);
  else if (answer.status === 503 && says === 'with') met.retry('503');
  else
    met.wrong.push(
      `${request.method} ${request.path}: ${answer.status} ${says} Retry-After: ${answer.text.slice(0, 300)}`,
    );
  return undefined;
}
