import { portalOpenApi } from '@effectstroom/contracts';
import type { FastifyInstance } from 'fastify';

/** Adds `GET /v1/openapi.json`: without a key, and readable from any page (NLGov REST API Design Rules). */
export function addOpenApiRoute(app: FastifyInstance): void {
  app.get('/v1/openapi.json', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    return portalOpenApi();
  });
}
