import { type Advice, type Fault, LIMITS, nlGovAdvice } from '@effectstroom/contracts';
import { type Key, keyOf } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { eventModeOf } from './event-mode.ts';
import { EVENTS_SAY, eventRequestOf, keyFaults } from './event-route.ts';
import type { Guard } from './guard.ts';
import { namedFaults, readEvents } from './parse.ts';
import { bodyOf } from './request.ts';
import type { HashResidentKey } from './resident-key.ts';

/**
 * Adds `POST /v1/events/check`: what `/v1/events` would answer to the same request, and what the NL GOV profile
 * would have otherwise. Publishes nothing and keeps nothing.
 */
export function addEventCheckRoute(
  app: FastifyInstance,
  guard: Guard,
  hashResidentKey: HashResidentKey,
): void {
  const onRequest = guard('ingest', (headers) => eventModeOf(headers) !== undefined, EVENTS_SAY);
  app.post('/v1/events/check', { onRequest }, async (request) => {
    const events = eventRequestOf(request, hashResidentKey);
    const { sent, faults } = readEvents(bodyOf(request), events);
    const now = new Date();
    const advice: Advice[] = [];
    for (const [index, event] of sent.entries()) {
      if (!isMembers(event)) continue;
      faults.push(...sentKeyFaults(keyOf(request), event).map((fault) => ({ index, ...fault })));
      advice.push(...nlGovAdvice(event, now).map((one) => ({ index, ...one })));
    }
    const errors = namedFaults(faults);
    return {
      accepted: errors.length === 0 ? sent.length : 0,
      errors,
      advice: advice.slice(0, LIMITS.faults),
    };
  });
}

/** Faults for what the key does not cover, of an event as it was sent. */
function sentKeyFaults(key: Key, { source, data }: Readonly<Record<string, unknown>>): Fault[] {
  const organisation = isMembers(data) ? data['organisation'] : undefined;
  if (typeof source !== 'string' || typeof organisation !== 'string') return [];
  return keyFaults(key, source, organisation);
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
