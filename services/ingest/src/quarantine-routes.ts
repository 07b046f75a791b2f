import { randomUUID } from 'node:crypto';
import { checkQuarantineDecisions, quarantineEvent } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from './event-mode.ts';
import type { Guard } from './guard.ts';
import { settingsMessage } from './messages.ts';
import type { Publisher } from './publish.ts';
import { jsonOf, refusal, SAYS } from './request.ts';

interface DecisionsRoute {
  Params: { organisation: string };
}

/** Adds `POST /v1/quarantine/{organisation}/decisions`: each decision is a settings message of its own. */
export function addQuarantineRoutes(app: FastifyInstance, guard: Guard, publisher: Publisher): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.post<DecisionsRoute>(
    '/v1/quarantine/:organisation/decisions',
    { onRequest, config: { audit: 'decide on quarantine' } },
    async (request, reply) => {
      const { decisions, faults } = checkQuarantineDecisions(request.params.organisation, jsonOf(request));
      if (faults !== undefined) throw refusal(faults);
      const key = keyOf(request);
      if (
        decisions.some(
          ({ organisation, source }) => !key.coversOrganisation(organisation) || !key.coversSource(source),
        )
      )
        throw new ProblemError(403, 'this key does not cover this organisation, or not all of these sources');
      const now = new Date();
      const messages = decisions.map((decision) =>
        settingsMessage(quarantineEvent(decision, randomUUID(), now)),
      );
      await publisher.publish(messages);
      return reply.code(202).send({ accepted: messages.length });
    },
  );
}
