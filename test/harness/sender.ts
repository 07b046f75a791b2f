/** Sends to ingest over HTTP as a registration system or an administrator would. */
import type { Pipeline } from './pipeline.ts';
import { eventsRequest, exchange, jsonRequest, post, type Request } from './post.ts';
import { addressOf, type Decision, type SentEvent, type SentPriceList, type SentProgramme } from './sent.ts';
import { until } from './until.ts';

const ANSWER_MS = 20_000;
const PATIENCE_MS = 90_000;

/** Again and again until it is accepted: sending again is always safe. */
async function insist(pipeline: Pipeline, request: Request): Promise<void> {
  const isAccepted = async () => (await post(pipeline.ingest.running.url, request, ANSWER_MS)) === 202;
  await until(isAccepted, `${request.path} is accepted`, PATIENCE_MS);
}

/** One request, sent once. @returns whether it was accepted */
export async function sendOnce(pipeline: Pipeline, events: readonly SentEvent[]): Promise<boolean> {
  const request = eventsRequest('local-ingest', events);
  return (await post(pipeline.ingest.running.url, request, ANSWER_MS)) === 202;
}

/** One request, sent until it is accepted. @throws Error where it is refused */
export function send(pipeline: Pipeline, events: readonly SentEvent[]): Promise<void> {
  return insist(pipeline, eventsRequest('local-ingest', events));
}

export function putProgramme(
  pipeline: Pipeline,
  address: Parameters<typeof addressOf>[0],
  body: SentProgramme,
): Promise<void> {
  return put(pipeline, `/v1/programmes/${addressOf(address)}`, body);
}

export function putPriceList(pipeline: Pipeline, code: string, body: SentPriceList): Promise<void> {
  return put(pipeline, `/v1/price-lists/${code}`, body);
}

/** Which sources of an organisation are expected to deliver. */
export function putDeliveries(pipeline: Pipeline, organisation: string, sources: object[]): Promise<void> {
  return put(pipeline, `/v1/deliveries/${organisation}`, { sources });
}

export function decide(pipeline: Pipeline, { organisation, decision, ...event }: Decision): Promise<void> {
  const path = `/v1/quarantine/${organisation}/decisions`;
  const body = { decision, reason: 'tried out by a test', events: [event] };
  return insist(pipeline, jsonRequest('POST', path, 'local-admin', body));
}

function put(pipeline: Pipeline, path: string, body: unknown): Promise<void> {
  return insist(pipeline, jsonRequest('PUT', path, 'local-admin', body));
}

/** Makes a key; those that may send, may do so for every source. @returns its text */
export async function makeKey(
  ingest: string,
  scopes: readonly string[],
  organisations: readonly string[] = ['*'],
): Promise<string> {
  const sources = scopes.includes('ingest') ? ['*'] : [];
  const body = { name: 'of a test', scopes, organisations, sources };
  const { status, text } = await exchange(ingest, jsonRequest('POST', '/v1/keys', 'local-admin', body));
  if (status !== 201) throw new Error(`The key was not made: ${status} ${text}`);
  return (JSON.parse(text) as { key: string }).key;
}
