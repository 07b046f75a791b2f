/** The OpenAPI document of the portal, made from the schemas that check questions and shape answers. */
import { createDocument } from 'zod-openapi';
import { assessingPaths } from '../assessing/openapi-portal.ts';
import { figurePaths } from './openapi-figures.ts';
import { recordPaths } from './openapi-records.ts';

let document: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI document of the portal. */
export function portalOpenApi(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Effectstroom portal',
      description:
        'Running, exact savings of welfare work. Reads only; amounts are decimal strings in euros.',
      version: '1.0.0',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    security: [{ key: [] }],
    paths: { ...assessingPaths, ...figurePaths, ...recordPaths },
  });
  return document;
}
