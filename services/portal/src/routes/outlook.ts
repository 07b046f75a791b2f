import { civilDateAt, type Dimension, parseOutlookQuery } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { mediaOf } from '../media-type.ts';
import { yearPeriod } from '../outlook/budgets.ts';
import { answerOutlook } from '../outlook/read-outlook.ts';
import { outlookTable } from '../outlook/table.ts';
import { readableOrganisations } from '../readers.ts';
import { seesDetail } from '../suppression/detail.ts';
import { checkPublicQuestion } from '../suppression/public-question.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { sendTable } from '../tables/send.ts';

/** Adds `GET /v1/outlook`. Without the scope detail it rests only on what such a reader is shown. */
export function addOutlookRoute(app: FastifyInstance, db: Kysely<Database>, limits: SmallNumberLimits): void {
  app.get('/v1/outlook', async (request, reply) => {
    const query = parseOutlookQuery(request.query, civilDateAt(new Date()));
    const organisations = readableOrganisations(request, query.filters.organisation);
    const media = mediaOf(request);
    const isPublic = !seesDetail(request);
    if (isPublic) {
      const groupBy: Dimension[] = [...query.groupBy, 'month'];
      checkPublicQuestion({ ...yearPeriod(query.year), view: 'cohort', groupBy, filters: query.filters });
    }
    const outlook = await answerOutlook(db, query, organisations, isPublic ? limits : undefined);
    return media === 'json' ? outlook : sendTable(reply, media, outlookTable(outlook));
  });
}
