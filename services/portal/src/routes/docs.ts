import { addApiPage } from '@effectstroom/runtime';
import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';

/** Adds `GET /v1/docs`: a page to read about the API and to try it, generated from its OpenAPI document. */
export function addDocsRoute(app: FastifyInstance): void {
  addApiPage(app, 'Effectstroom portal', async (page, options) => {
    await page.register(apiReference, options);
  });
}
