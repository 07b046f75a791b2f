import { randomUUID } from 'node:crypto';
import { checkProgramme, programmeEvent } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from './event-mode.ts';
import type { Guard } from './guard.ts';
import { settingsMessage } from './messages.ts';
import type { Publisher } from './publish.ts';
import { jsonOf, refusal, SAYS } from './request.ts';

interface ProgrammeRoute {
  Params: { municipality: string; organisation: string; programme: string };
}

/** Adds `PUT /v1/programmes/{municipality}/{organisation}/{programme}`. */
export function addSettingsRoutes(app: FastifyInstance, guard: Guard, publisher: Publisher): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.put<ProgrammeRoute>(
    '/v1/programmes/:municipality/:organisation/:programme',
    { onRequest, config: { audit: 'put programme' } },
    async (request, reply) => {
      const { settings, faults } = checkProgramme(request.params, jsonOf(request));
      if (faults !== undefined) throw refusal(faults);
      if (!keyOf(request).coversOrganisation(settings.organisation)) {
        throw new ProblemError(403, 'this key does not cover this organisation');
      }
      await publisher.publish([settingsMessage(programmeEvent(settings, randomUUID(), new Date()))]);
      return reply.code(202).send({ accepted: 1 });
    },
  );
}
