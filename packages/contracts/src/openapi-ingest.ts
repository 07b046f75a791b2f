import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { reviewPaths } from './assessing/openapi-ingest.ts';
import { erasurePaths } from './erasures/openapi.ts';
import { importPaths } from './imports/index.ts';
import { keyPaths, refusalPaths } from './keys/index.ts';
import { eventPaths } from './openapi-events.ts';
import { type OpenApi, withDesignRules } from './openapi-parts.ts';
import { settingsPaths } from './openapi-settings.ts';
import { notificationPaths } from './zaken/index.ts';

/** Every subject brings its own paths. */
const paths: ZodOpenApiPathsObject = {
  ...eventPaths,
  ...importPaths,
  ...notificationPaths,
  ...settingsPaths,
  ...erasurePaths,
  ...reviewPaths,
  ...keyPaths,
  ...refusalPaths,
};

let document: OpenApi | undefined;

/** The OpenAPI document of ingest, made from the schemas that check the requests. */
export function ingestOpenApi(): OpenApi {
  document ??= createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Effectstroom ingest',
      description:
        'The way in: case events of registration systems as CloudEvents 1.0 in the NL GOV profile, and settings. ' +
        'Events as a subscriber inside sees them: /v1/asyncapi.json; JSON Schemas: /v1/schemas.',
      version: '1.0.0',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/', description: 'this installation; every path starts with its major version' }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key of this installation' } },
    },
    security: [{ key: [] }],
    paths: withDesignRules(paths),
  });
  return document;
}
