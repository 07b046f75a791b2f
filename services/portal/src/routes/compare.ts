import { parseCompareQuery } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { knownSides } from '../compare/known-sides.ts';
import { answerComparison } from '../compare/read-comparison.ts';
import { comparisonTable } from '../compare/table.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { seesDetail } from '../suppression/detail.ts';
import { answerPublicComparison, checkPublicComparison } from '../suppression/public-comparison.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { tableWithoutSmallNumbers } from '../suppression/savings.ts';
import { sendTable } from '../tables/send.ts';

/** Adds `GET /v1/compare`. Without the scope detail only of periods apart, as known now, and without small numbers. */
export function addCompareRoute(app: FastifyInstance, db: Kysely<Database>, limits: SmallNumberLimits): void {
  app.get('/v1/compare', async (request, reply) => {
    const query = parseCompareQuery(request.query);
    const organisations = readableOrganisations(request, query.after.filters.organisation);
    const media = mediaOf(request);
    const isPublic = !seesDetail(request);
    if (isPublic) checkPublicComparison(request, query);
    const sides = await knownSides(db, query);
    if (isPublic) {
      const { bare, shown } = await answerPublicComparison(db, query, { sides, organisations }, limits);
      if (media === 'json') return shown;
      return sendTable(reply, media, tableWithoutSmallNumbers(comparisonTable(bare), shown));
    }
    const comparison = await answerComparison(db, query, sides, organisations);
    if (media === 'json') return comparison;
    return sendTable(reply, media, comparisonTable(comparison));
  });
}
