import type { KeyRing, Logger } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { addClosingRoute } from './closings/closing-route.ts';
import { addDeliveriesRoute } from './deliveries-route.ts';
import { addDescriptionRoutes } from './description-routes.ts';
import { addErasureRoute } from './erasures/erasure-route.ts';
import type { LocalEraser } from './erasures/local-eraser.ts';
import { addEventCheckRoute } from './event-check-route.ts';
import { addEventRoute } from './event-route.ts';
import { createGuard } from './guard.ts';
import { addKeyRoutes } from './keys/key-routes.ts';
import { addPriceListRoute } from './price-lists/price-list-route.ts';
import type { PriceListStore } from './price-lists/price-list-store.ts';
import type { Publisher } from './publish.ts';
import { CasePublisher } from './publish-cases.ts';
import { addQuarantineRoutes } from './quarantine-routes.ts';
import type { RefusalReader } from './refusals/refusal-reader.ts';
import { addRefusalRoutes } from './refusals/refusal-routes.ts';
import { addReportTextsRoute } from './report-texts-route.ts';
import type { HashResidentKey } from './resident-key.ts';
import { addReviewRoute } from './reviews/review-route.ts';
import type { ReviewStore } from './reviews/review-store.ts';
import { addSettingsRoutes } from './settings-routes.ts';
import { addWebRoutes } from './web-routes.ts';

/** Adds the routes of ingest to a server. */
export function addRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  publisher: Publisher,
  hashResidentKey: HashResidentKey,
  access: {
    refusals: RefusalReader;
    priceLists: PriceListStore;
    eraser: LocalEraser;
    reviews: ReviewStore;
    replicas: number;
    log: Logger;
  },
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const guard = createGuard(keys);
  addEventRoute(app, guard, new CasePublisher(publisher), hashResidentKey);
  addEventCheckRoute(app, guard, hashResidentKey);
  addSettingsRoutes(app, guard, publisher);
  addPriceListRoute(app, guard, publisher, access.priceLists);
  addDeliveriesRoute(app, guard, publisher);
  addReportTextsRoute(app, guard, publisher);
  addClosingRoute(app, guard, publisher);
  addQuarantineRoutes(app, guard, publisher);
  addErasureRoute(app, guard, publisher, access);
  addReviewRoute(app, guard, access.reviews);
  addKeyRoutes(app, guard, keys, access.replicas);
  addRefusalRoutes(app, keys, access.refusals, access.log);
  addDescriptionRoutes(app);
  addWebRoutes(app);
}
