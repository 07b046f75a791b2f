import { asyncApi, ingestOpenApi, JSON_SCHEMA_NAMES, jsonSchema } from '@effectstroom/contracts';
import { addApiPage } from '@effectstroom/runtime';
import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';

/**
 * Adds what describes ingest: `/v1/openapi.json`, `/v1/asyncapi.json`, `/v1/schemas` and, to read, `/v1/docs`.
 * Without a key, and readable from any page (NLGov REST API Design Rules, /core/publish-openapi).
 */
export function addDescriptionRoutes(app: FastifyInstance): void {
  addDocument(app, '/v1/openapi.json', 'application/json', ingestOpenApi);
  addDocument(app, '/v1/asyncapi.json', 'application/json', asyncApi);
  const schemas = JSON_SCHEMA_NAMES.map((name) => ({ name, url: `/v1/schemas/${name}.json` }));
  addDocument(app, '/v1/schemas', 'application/json', () => ({ schemas }));
  for (const { name, url } of schemas) {
    addDocument(app, url, 'application/schema+json', () => jsonSchema(name));
  }
  addApiPage(app, 'Effectstroom ingest', async (page, options) => {
    await page.register(apiReference, options);
  });
}

/** Adds a document, made when it is first asked for. */
function addDocument(app: FastifyInstance, url: string, type: string, make: () => unknown): void {
  let bytes: Buffer | undefined;
  app.get(url, async (_request, reply) => {
    bytes ??= Buffer.from(JSON.stringify(make()));
    return reply.header('access-control-allow-origin', '*').header('content-type', type).send(bytes);
  });
}
