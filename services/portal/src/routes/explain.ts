import { parseExplainQuery } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { explain, explainPublicly } from '../explain/explain.ts';
import { namesCases, organisationAsked } from '../explain/levels.ts';
import { explainTable } from '../explain/table.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { waitUntilKnown } from '../savings/as-of.ts';
import { requireDetail, seesDetail } from '../suppression/detail.ts';
import { questionOfParts } from '../suppression/explanation.ts';
import { checkPublicMoment } from '../suppression/public-moment.ts';
import { checkPublicQuestion } from '../suppression/public-question.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { sendTable } from '../tables/send.ts';

/** Adds `GET /v1/explain`. Without the scope detail it names no cases, and small numbers are not shown. */
export function addExplainRoute(app: FastifyInstance, db: Kysely<Database>, limits: SmallNumberLimits): void {
  app.get('/v1/explain', async (request, reply) => {
    const query = parseExplainQuery(request.query);
    const organisations = readableOrganisations(request, organisationAsked(query));
    const media = mediaOf(request);
    if (namesCases(query)) requireDetail(request, 'this level names single cases');
    const isPublic = !seesDetail(request);
    const { asOf } = query.question;
    if (isPublic) {
      checkPublicQuestion(questionOfParts(query));
      await checkPublicMoment(db, asOf, organisationAsked(query));
    }
    if (asOf !== undefined) await waitUntilKnown(db, asOf);
    const explanation = isPublic
      ? await explainPublicly(db, query, organisations, limits)
      : await explain(db, query, organisations);
    if (media === 'json') return explanation;
    return sendTable(reply, media, explainTable(explanation));
  });
}
