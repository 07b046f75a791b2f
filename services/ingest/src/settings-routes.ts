import { randomUUID } from 'node:crypto';
import {
  checkPriceList,
  checkProgramme,
  type Fault,
  pointerTo,
  priceListEvent,
  programmeEvent,
  readJson,
} from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isJson } from './event-mode.ts';
import { bodyOf, type Guard } from './guard.ts';
import { settingsMessage } from './messages.ts';
import { faultsProblem } from './parse.ts';
import type { Publisher } from './publish.ts';

/** Which content type settings have. */
export const SAYS = 'send application/json in UTF-8';

interface ProgrammeRoute {
  Params: { municipality: string; organisation: string; programme: string };
}

interface PriceListRoute {
  Params: { code: string };
}

/** Adds `PUT /v1/programmes/{municipality}/{organisation}/{programme}` and `PUT /v1/price-lists/{code}`. */
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
  app.put<PriceListRoute>(
    '/v1/price-lists/:code',
    { onRequest, config: { audit: 'put price list' } },
    async (request, reply) => {
      const { settings, faults } = checkPriceList(request.params.code, jsonOf(request));
      if (faults !== undefined) throw refusal(faults);
      if (keyOf(request).organisations !== undefined) {
        throw new ProblemError(403, 'a price list serves all organisations: use a key that covers them all');
      }
      await publisher.publish([settingsMessage(priceListEvent(settings, randomUUID(), new Date()))]);
      return reply.code(202).send({ accepted: 1 });
    },
  );
}

/** The JSON of a body. Throws a problem, 400, where the text is not right. */
export function jsonOf(request: FastifyRequest): unknown {
  const { value, faults } = readJson(bodyOf(request));
  if (faults.length === 0) return value;
  throw refusal(faults.map(({ path, code, detail }) => ({ pointer: pointerTo(path), code, detail })));
}

/** A problem, 400, that names the faults of settings. */
export function refusal(faults: readonly Fault[]): ProblemError {
  return faultsProblem(400, 'these settings are not taken: see errors', faults);
}
