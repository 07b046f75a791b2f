/** A pipeline of which periods are closed, and what is asked of the closings. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClosingAnswer, closingAnswerSchema } from '@effectstroom/contracts';
import { repository } from '@effectstroom/infra';
import type { Pipeline } from '../harness/pipeline.ts';

const ADMIN = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };

/** Sends a closing; 202 where it is taken. */
export function putClosing(
  { ingest }: Pipeline,
  organisation: string,
  period: string,
  body: unknown = {},
): Promise<Response> {
  const url = `${ingest.running.url}/v1/closings/${organisation}/${period}`;
  return fetch(url, { method: 'PUT', headers: ADMIN, body: JSON.stringify(body) });
}

/** Closes a period, and waits until its figures are fixed. */
export async function close(
  pipeline: Pipeline,
  organisation: string,
  period: string,
): Promise<ClosingAnswer> {
  const { status } = await putClosing(pipeline, organisation, period);
  if (status !== 202) throw new Error(`The closing of ${period} was answered with ${status}`);
  let answer: ClosingAnswer | undefined;
  await pipeline.until(async () => {
    answer = await askClosing(pipeline, organisation, period);
    return answer.sealedAt !== null;
  }, `${organisation} ${period} is closed`);
  if (answer === undefined) throw new Error('The closing gave no answer');
  return answer;
}

export async function askClosing(
  pipeline: Pipeline,
  organisation: string,
  period: string,
): Promise<ClosingAnswer> {
  return closingAnswerSchema.parse(await pipeline.ask(`/v1/closings/${organisation}/${period}`));
}

/** The lines of a bundle. */
export async function askBundle(
  { portal }: Pipeline,
  organisation: string,
  period: string,
): Promise<string[]> {
  const url = `${portal.running.url}/v1/closings/${organisation}/${period}/bundle`;
  const response = await fetch(url, { headers: ADMIN });
  if (!response.ok) throw new Error(`The bundle was answered with ${response.status}`);
  const text = await response.text();
  return text.trimEnd().split('\n');
}

/** What the program for a third party says of these lines. */
export function recompute(
  { folder }: Pipeline,
  lines: readonly string[],
): Promise<{ code: number; output: string }> {
  const file = join(folder, 'bundle.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return new Promise((resolve) => {
    const program = join(repository, 'infra/recompute.mjs');
    execFile(process.execPath, [program, file], { env: {} }, (error, stdout, stderr) =>
      resolve({
        code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1,
        output: stdout + stderr,
      }),
    );
  });
}
