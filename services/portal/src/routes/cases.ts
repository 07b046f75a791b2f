import { caseAddressSchema, parseQuery } from '@effectstroom/contracts';
import { type Database, inSnapshot, readCaseHistory } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { caseAnswer } from '../case-history/answer.ts';
import { readableOrganisations } from '../readers.ts';
import { requireDetail } from '../suppression/detail.ts';

/** Adds `GET /v1/cases/{organisation}/{caseId}`. */
export function addCaseRoute(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/cases/:organisation/:caseId', async (request) => {
    const { organisation, caseId } = parseQuery(caseAddressSchema, request.params);
    readableOrganisations(request, organisation);
    requireDetail(request, 'this is a single case');
    const history = await inSnapshot(db, (tx) => readCaseHistory(tx, organisation, caseId));
    if (history === undefined) throw new ProblemError(404, 'no event of this case has been recorded');
    return caseAnswer(organisation, caseId, history);
  });
}
