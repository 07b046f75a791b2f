import { civilDateAt, type Fault } from '@effectstroom/contracts';
import { type Key, keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inHandUntil } from './admission.ts';
import { eventModeOf } from './event-mode.ts';
import type { Guard } from './guard.ts';
import { type CasePiece, casePieces } from './messages.ts';
import { type AcceptedEvent, type EventRequest, faultsProblem, parseEvents } from './parse.ts';
import type { CasePublisher } from './publish-cases.ts';
import { bodyOf } from './request.ts';
import type { HashResidentKey } from './resident-key.ts';

/** Which content types events have. */
export const EVENTS_SAY =
  'send application/cloudevents+json, application/cloudevents-batch+json or, in binary mode, application/json';

/** Adds `POST /v1/events`. */
export function addEventRoute(
  app: FastifyInstance,
  guard: Guard,
  publisher: CasePublisher,
  hashResidentKey: HashResidentKey,
): void {
  const onRequest = guard('ingest', (headers) => eventModeOf(headers) !== undefined, EVENTS_SAY);
  const take = (request: FastifyRequest, partitions: number): Taken => {
    const events = parseEvents(bodyOf(request), eventRequestOf(request, hashResidentKey));
    checkKey(keyOf(request), events);
    return { accepted: events.length, pieces: casePieces(events, partitions) };
  };
  app.post('/v1/events', { onRequest }, async (request, reply) => {
    const { partitions } = publisher;
    const { accepted, pieces } = take(request, partitions);
    // Read, and as large as what waits to be stored.
    request.body = undefined;
    const publishing = publisher.publish(pieces, partitions);
    inHandUntil(reply.raw, publishing);
    await publishing;
    return reply.code(202).type('application/json').send(`{"accepted":${accepted}}`);
  });
}

/** What a request is, beside its body. Throws a problem, 415, where it carries no events. */
export function eventRequestOf(request: FastifyRequest, hashResidentKey: HashResidentKey): EventRequest {
  const mode = eventModeOf(request.headers);
  if (mode === undefined) throw new ProblemError(415, EVENTS_SAY);
  const headers = mode === 'binary' ? request.raw.headersDistinct : {};
  return { mode, headers, today: civilDateAt(new Date()), hashResidentKey };
}

/** What is kept of a request while JetStream stores it: not the events, which would fill the memory. */
interface Taken {
  accepted: number;
  pieces: CasePiece[];
}

/** Throws a problem, 403, where a key may not write one of the events. */
function checkKey(key: Key, events: readonly AcceptedEvent[]): void {
  const isCovered = ({ event: { source, data } }: AcceptedEvent): boolean =>
    key.coversOrganisation(data.organisation) && key.coversSource(source);
  if (events.every(isCovered)) return;
  const faults = events.flatMap(({ event: { source, data } }, index) =>
    keyFaults(key, source, data.organisation).map((fault) => ({ index, ...fault })),
  );
  throw faultsProblem(403, 'this key may not write all of these events: see errors', faults);
}

/** Faults for what a key does not cover. */
export function keyFaults(key: Key, source: string, organisation: string): Fault[] {
  const faults: Fault[] = [];
  if (!key.coversOrganisation(organisation)) {
    const detail = 'this key does not cover this organisation';
    faults.push({ pointer: '/data/organisation', code: 'not-permitted', detail });
  }
  if (!key.coversSource(source)) {
    const detail = 'this key does not cover this source';
    faults.push({ pointer: '/source', code: 'not-permitted', detail });
  }
  return faults;
}
