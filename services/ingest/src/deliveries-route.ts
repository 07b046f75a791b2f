import { randomUUID } from 'node:crypto';
import { checkDeliveries, deliveriesEvent } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from './event-mode.ts';
import type { Guard } from './guard.ts';
import { settingsMessage } from './messages.ts';
import type { Publisher } from './publish.ts';
import { jsonOf, refusal, SAYS } from './request.ts';

interface Route {
  Params: { organisation: string };
}

/** Adds `PUT /v1/deliveries/{organisation}`: which sources are expected to deliver, and how often. */
export function addDeliveriesRoute(app: FastifyInstance, guard: Guard, publisher: Publisher): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.put<Route>(
    '/v1/deliveries/:organisation',
    { onRequest, config: { audit: 'put deliveries' } },
    async (request, reply) => {
      const { settings, faults } = checkDeliveries(request.params.organisation, jsonOf(request));
      if (faults !== undefined) throw refusal(faults);
      if (!keyOf(request).coversOrganisation(settings.organisation)) {
        throw new ProblemError(403, 'this key does not cover this organisation');
      }
      await publisher.publish([settingsMessage(deliveriesEvent(settings, randomUUID(), new Date()))]);
      return reply.code(202).send({ accepted: 1 });
    },
  );
}
