/** What every way in has in common: how an answer must look, whatever was asked. */
import type fc from 'fast-check';
import { type Answer, type Asked, ask } from './http.ts';
import { type Markers, markersIn } from './marker.ts';
import type { FuzzStack } from './stack.ts';

/** What the entrances share. */
export interface World {
  stack: FuzzStack;
  markers: Markers;
  /** Case events that were accepted, by id and case. */
  events: Set<string>;
}

/** A way in: garbage of its kind, and what must hold of what becomes of it. */
export interface Entrance<Input = unknown> {
  name: string;
  /** Its share of all inputs, beside those of the others. */
  share: number;
  input: fc.Arbitrary<Input>;
  /** Sends one input. @throws Error where something is not as it must be */
  try(world: World, input: Input, tally: Tally): Promise<void>;
}

/** How often each status was answered. */
export type Tally = Map<string, number>;

export const JSON_TYPE = 'application/json';

export const AS = {
  ingest: { authorization: 'Bearer local-ingest' },
  admin: { authorization: 'Bearer local-admin' },
  read: { authorization: 'Bearer local-read' },
} as const;

/** Makes an entrance; only for the types. */
export function entrance<Input>(one: Entrance<Input>): Entrance {
  return one as unknown as Entrance;
}

export type Service = 'ingest' | 'portal';

/** Asks a service, and checks what holds of every answer. */
export async function askSafely(
  { stack }: World,
  service: Service,
  asked: Asked,
  tally: Tally,
): Promise<Answer> {
  const { running } = stack[service];
  const answer = await ask(running.url, asked).catch((error: unknown) => {
    throw new Error(`${service} gave no answer to ${asked.method} ${asked.path}`, { cause: error });
  });
  tally.set(String(answer.status), (tally.get(String(answer.status)) ?? 0) + 1);
  const { fault } = stack[service];
  if (fault !== undefined) throw new Error(`${service} ended by itself: ${fault}`);
  if (answer.status >= 500) {
    throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 500)}\n${stack.lastErrors()}`);
  }
  if (answer.status >= 400 && asked.method !== 'HEAD') checkRefusal(service, answer);
  return answer;
}

/** A refusal is a problem, or a page of the board, and repeats nothing that was sent. */
function checkRefusal(service: Service, { status, type, text }: Answer): void {
  const isPage = service === 'portal' && type === 'text/html; charset=utf-8';
  if (type !== 'application/problem+json' && !isPage)
    throw new Error(`${status} is answered as ${JSON.stringify(type)}`);
  const body = isPage ? undefined : JSON.parse(text);
  if (body !== undefined && (body.status !== status || typeof body.detail !== 'string'))
    throw new Error(`${status} is no problem: ${text.slice(0, 500)}`);
  if (markersIn(text).length > 0)
    throw new Error(`the refusal repeats what was sent: ${text.slice(0, 1_000)}`);
  if (/jan@example|jan.?jansen|123456782|0612345678/i.test(text))
    throw new Error(`the refusal repeats personal data: ${text.slice(0, 1_000)}`);
}
