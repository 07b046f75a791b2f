/** Cases in several threads at once, each with the organisations of its own: their rows never meet. */
import { Worker } from 'node:worker_threads';
import type { FromPart, PartOfFill } from './part-of-fill.ts';

const PART = new URL('./part-of-fill.ts', import.meta.url);
const TELL_EVERY_MS = 10_000;

/** @returns how many events were written. @throws what a part throws, or `signal`; the others end. */
export async function fillParts(
  of: Omit<PartOfFill, 'part' | 'parts'>,
  parts: number,
  tell: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  const written = new Array<number>(parts).fill(0);
  const total = () => written.reduce((sum, events) => sum + events, 0);
  const startedAt = performance.now();
  const telling = setInterval(() => {
    const perSecond = Math.round((total() * 1_000) / (performance.now() - startedAt));
    tell(`${total()} events, ${perSecond} a second`);
  }, TELL_EVERY_MS);
  const workers = written.map((_, part) => {
    const workerData: PartOfFill = { ...of, part, parts };
    const worker = new Worker(PART, { workerData });
    worker.on('message', ({ events }: FromPart) => {
      written[part] = events;
    });
    return worker;
  });
  const stop = () => workers.map((worker) => worker.terminate());
  signal?.addEventListener('abort', stop);
  try {
    signal?.throwIfAborted();
    await Promise.all(workers.map(ended));
  } finally {
    clearInterval(telling);
    signal?.removeEventListener('abort', stop);
    await Promise.all(stop());
  }
  return total();
}

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('A part of the fill ended'))));
  });
}
