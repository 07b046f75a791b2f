import { randomUUID } from 'node:crypto';
import { checkReportTexts, reportTextsEvent } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from './event-mode.ts';
import type { Guard } from './guard.ts';
import { settingsMessage } from './messages.ts';
import type { Publisher } from './publish.ts';
import { jsonOf, refusal, SAYS } from './request.ts';

interface Route {
  Params: { municipality: string; organisation: string; programme: string };
}

/** Adds `PUT /v1/report-texts/{municipality}/{organisation}/{programme}`: an organisation's own words in a report. */
export function addReportTextsRoute(app: FastifyInstance, guard: Guard, publisher: Publisher): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.put<Route>(
    '/v1/report-texts/:municipality/:organisation/:programme',
    { onRequest, config: { audit: 'put report texts' } },
    async (request, reply) => {
      const { settings, faults } = checkReportTexts(request.params, jsonOf(request));
      if (faults !== undefined) throw refusal(faults);
      if (!keyOf(request).coversOrganisation(settings.organisation)) {
        throw new ProblemError(403, 'this key does not cover this organisation');
      }
      await publisher.publish([settingsMessage(reportTextsEvent(settings, randomUUID(), new Date()))]);
      return reply.code(202).send({ accepted: 1 });
    },
  );
}
