import { parseSavingsQuery } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { waitUntilKnown } from '../savings/as-of.ts';
import { answerSavings } from '../savings/read-savings.ts';
import { savingsTable } from '../savings/table.ts';
import { seesDetail } from '../suppression/detail.ts';
import { checkPublicMoment } from '../suppression/public-moment.ts';
import { checkPublicPrices, checkPublicQuestion } from '../suppression/public-question.ts';
import { answerPublicSavings } from '../suppression/public-savings.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { tableWithoutSmallNumbers } from '../suppression/savings.ts';
import { sendTable } from '../tables/send.ts';

/** Adds `GET /v1/savings`. Without the scope detail small numbers are not shown. */
export function addSavingsRoute(app: FastifyInstance, db: Kysely<Database>, limits: SmallNumberLimits): void {
  app.get('/v1/savings', async (request, reply) => {
    const query = parseSavingsQuery(request.query);
    const organisations = readableOrganisations(request, query.filters.organisation);
    const media = mediaOf(request);
    if (!seesDetail(request)) {
      checkPublicPrices(request, query);
      checkPublicQuestion(query);
      await checkPublicMoment(db, query.asOf, query.filters.organisation);
    }
    if (query.asOf !== undefined) await waitUntilKnown(db, query.asOf);
    if (!seesDetail(request)) {
      const { all, shown } = await answerPublicSavings(db, query, organisations, limits);
      if (media === 'json') return shown;
      const table = savingsTable({ ...all, basis: shown.basis });
      return sendTable(reply, media, tableWithoutSmallNumbers(table, shown));
    }
    const savings = await answerSavings(db, query, organisations);
    if (media === 'json') return savings;
    return sendTable(reply, media, savingsTable(savings));
  });
}
