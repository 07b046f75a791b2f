/** Asks the portal of a pipeline about guards. */
import type { Pipeline } from '../harness/pipeline.ts';

/** A question to a guard, with the key of the local administrator where no other is named. */
export function askGuard(
  { portal }: Pipeline,
  guard: string,
  query: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const url = `${portal.running.url}/v1/guards/${guard}?${new URLSearchParams(query)}`;
  return fetch(url, { headers: { authorization: 'Bearer local-admin', ...headers } });
}

/** Waits until everything is in the totals, and claims of several organisations were compared with it in. */
export async function compared(pipeline: Pipeline): Promise<void> {
  await pipeline.settled();
  const asked = async () => {
    const query = 'municipality=GM0394&from=2021-01-01&to=2021-01-31&limit=1';
    const response = await askGuard(
      pipeline,
      'double-claims',
      Object.fromEntries(new URLSearchParams(query)),
    );
    const { basis } = (await response.json()) as { basis: { asOf: string; comparedAt: string | null } };
    return basis;
  };
  const { asOf } = await asked();
  const isCompared = async () => ((await asked()).comparedAt ?? '') >= asOf;
  await pipeline.until(isCompared, 'claims of organisations were compared');
}

/** The answer of a guard, as its schema reads it. @throws Error where it is refused */
export async function answerOf<Answer>(
  pipeline: Pipeline,
  guard: string,
  query: Record<string, string>,
  schema: { parse(value: unknown): Answer },
): Promise<Answer> {
  const response = await askGuard(pipeline, guard, query);
  const text = await response.text();
  if (!response.ok) throw new Error(`${guard}: ${response.status} ${text}`);
  return schema.parse(JSON.parse(text));
}
