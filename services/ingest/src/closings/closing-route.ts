import { randomUUID } from 'node:crypto';
import { type ClosingAccepted, checkClosing, civilDateAt, closingEvent } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { settingsMessage } from '../messages.ts';
import type { Publisher } from '../publish.ts';
import { jsonOf, refusal, SAYS } from '../request.ts';

const NOTE =
  'a period that was closed before stays as it was closed first, and this changes nothing: the closing says when it was. ' +
  'Where the organisation has no programme there is nothing to close, and no closing comes';

interface Route {
  Params: { organisation: string; period: string };
}

/** Adds `PUT /v1/closings/{organisation}/{period}`: the figures of a period stay as they are known now. */
export function addClosingRoute(app: FastifyInstance, guard: Guard, publisher: Publisher): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.put<Route>(
    '/v1/closings/:organisation/:period',
    { onRequest, config: { audit: 'close period' } },
    async (request, reply) => {
      const now = new Date();
      const { settings, faults } = checkClosing(request.params, jsonOf(request), civilDateAt(now));
      if (faults !== undefined) throw refusal(faults);
      if (!keyOf(request).coversOrganisation(settings.organisation)) {
        throw new ProblemError(403, 'this key does not cover this organisation');
      }
      await publisher.publish([settingsMessage(closingEvent(settings, randomUUID(), now))]);
      const { organisation, period } = settings;
      const answer: ClosingAccepted = {
        ...{ accepted: 1, closing: `/v1/closings/${organisation}/${period}`, note: NOTE },
      };
      return reply.code(202).send(answer);
    },
  );
}
