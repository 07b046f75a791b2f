import { ingestOpenApi } from '@effectstroom/contracts';
import type { KeyRing } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { addEventRoute } from './event-route.ts';
import { createGuard } from './guard.ts';
import type { Publisher } from './publish.ts';
import type { HashResidentKey } from './resident-key.ts';
import { addSettingsRoutes } from './settings-routes.ts';

/** Adds the routes of ingest to a server. */
export function addRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  publisher: Publisher,
  hashResidentKey: HashResidentKey,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const guard = createGuard(keys);
  addEventRoute(app, guard, publisher, hashResidentKey);
  addSettingsRoutes(app, guard, publisher);
  app.get('/v1/openapi.json', async () => ingestOpenApi());
}
