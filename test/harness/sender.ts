/** Sends to ingest over HTTP as a registration system or an administrator would. */
import { becomesTrue } from '@effectstroom/infra';
import type { Pipeline } from './pipeline.ts';
import { addressOf, type Decision, type SentEvent, type SentPriceList, type SentProgramme } from './sent.ts';

const ANSWER_MS = 20_000;
const PATIENCE_MS = 90_000;

interface Request {
  method: 'POST' | 'PUT';
  path: string;
  key: string;
  type: string;
  body: unknown;
}

/** One attempt. @returns the status; 0 where no answer came */
async function attempt(pipeline: Pipeline, { method, path, key, type, body }: Request): Promise<number> {
  try {
    const response = await fetch(`${pipeline.ingest.running.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    if (response.status >= 400 && response.status < 429) throw new Refused(`${path}: ${text}`);
    return response.status;
  } catch (error) {
    if (error instanceof Refused) throw error;
    return 0;
  }
}

class Refused extends Error {}

/** Again and again until it is accepted: sending again is always safe. */
async function insist(pipeline: Pipeline, request: Request): Promise<void> {
  const isAccepted = async () => (await attempt(pipeline, request)) === 202;
  if (!(await becomesTrue(isAccepted, PATIENCE_MS))) throw new Error(`${request.path} was never accepted`);
}

function requestOf(events: readonly SentEvent[]): Request {
  const type = 'application/cloudevents-batch+json';
  return { method: 'POST', path: '/v1/events', key: 'local-ingest', type, body: events };
}

/** One request, sent once. @returns whether it was accepted */
export async function sendOnce(pipeline: Pipeline, events: readonly SentEvent[]): Promise<boolean> {
  return (await attempt(pipeline, requestOf(events))) === 202;
}

/** One request, sent until it is accepted. @throws Error where it is refused */
export function send(pipeline: Pipeline, events: readonly SentEvent[]): Promise<void> {
  return insist(pipeline, requestOf(events));
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
  return insist(pipeline, { method: 'POST', path, key: 'local-admin', type: 'application/json', body });
}

function put(pipeline: Pipeline, path: string, body: unknown): Promise<void> {
  return insist(pipeline, { method: 'PUT', path, key: 'local-admin', type: 'application/json', body });
}
