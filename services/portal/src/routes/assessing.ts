/** Routes of assessing: the work list, one case, its saving, and sending it. */
import {
  ASSESSMENT_SOURCE,
  type AssessedData,
  type AssessmentAccepted,
  type CaseEvent,
  caseAddressSchema,
  type Fault,
  FaultsError,
  membersOf,
  parseQuery,
  parseWorklistQuery,
  reviewsQuerySchema,
  type SentAssessment,
} from '@effectstroom/contracts';
import { type Database, inSnapshot, readCaseHistory } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { caseFormOf } from '../assessing/case-form.ts';
import { type CurrentCase, currentCase } from '../assessing/current-case.ts';
import { NotTaken, sendToIngest } from '../assessing/ingest-client.ts';
import { type JudgedAssessment, judgeAssessment } from '../assessing/judge-assessment.ts';
import { previewOf } from '../assessing/preview.ts';
import type { Reservations } from '../assessing/reservations.ts';
import type { ReviewBook } from '../assessing/review-book.ts';
import { answerReviews } from '../assessing/reviews.ts';
import { type SettingsInForce, settingsOfCase } from '../assessing/settings-in-force.ts';
import { reviewsTable, worklistTable } from '../assessing/tables.ts';
import { answerWorklist } from '../assessing/worklist.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { requireDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';

/** What assessing needs beside the database that is read from. */
export interface AssessingNeeds {
  /** The database that is written to: the next revision must not rest on what a replica still shows. */
  primary: Kysely<Database>;
  reviews: ReviewBook;
  /** Where ingest is; undefined where nothing can be sent. */
  ingestUrl: string | undefined;
  reservations: Reservations;
}

const WHY = 'assessing is about single cases';

/** Adds `/v1/assessments…` and `GET /v1/reviews`. */
export function addAssessingRoutes(app: FastifyInstance, db: Kysely<Database>, needs: AssessingNeeds): void {
  app.get('/v1/assessments', async (request, reply) => {
    const query = parseWorklistQuery(request.query);
    const organisations = readableOrganisations(request, query.organisation);
    requireDetail(request, WHY);
    const media = mediaOf(request);
    const answer = await answerWorklist(db, { query, organisations, reviews: await needs.reviews.read() });
    return media === 'json' ? answer : sendTable(reply, media, worklistTable(answer));
  });
  app.get('/v1/reviews', async (request, reply) => {
    const query = parseQuery(reviewsQuerySchema, request.query);
    const organisations = readableOrganisations(request, query.organisation);
    requireDetail(request, WHY);
    const media = mediaOf(request);
    const answer = await answerReviews(db, { query, organisations, reviews: await needs.reviews.read() });
    return media === 'json' ? answer : sendTable(reply, media, reviewsTable(answer));
  });
  app.get('/v1/assessments/:organisation/:caseId', async (request) => {
    const { organisation, caseId } = addressOf(request, request.params);
    const reviews = await needs.reviews.read();
    const { current, settings } = await readCase(db, organisation, caseId);
    return caseFormOf(current, settings, reviews.of(organisation, caseId, current.data.revision));
  });
  app.post('/v1/assessments/preview', async (request) => {
    const { sent, faults } = membersOf(request.body, PREVIEW_MEMBERS);
    const { organisation, caseId, ...said } = sent;
    const address = addressOf(request, { organisation, caseId });
    return previewOf(await judge(await readCase(db, address.organisation, address.caseId), said, faults));
  });
  app.post('/v1/assessments/:organisation/:caseId', async (request, reply) => {
    const { organisation, caseId } = addressOf(request, request.params);
    const { sent, faults } = membersOf(request.body, ASSESSMENT_MEMBERS);
    const { revision, ...said } = sent;
    const one = await readCase(needs.primary, organisation, caseId);
    const { event, data } = await judge(one, said, [...faults, ...revisionFaults(revision)]);
    if (revision !== one.current.revision) throw changed(one.current);
    await send(needs, event, data, request.headers.authorization);
    const accepted: AssessmentAccepted = { accepted: 1, revision: data.revision };
    return reply.code(202).send(accepted);
  });
}

/** Sends the event as the only one of its revision. Throws a problem: 409 where another one has it. */
async function send(
  { reservations, ingestUrl }: AssessingNeeds,
  event: CaseEvent,
  data: AssessedData,
  authorization: string | undefined,
): Promise<void> {
  const reservation = await reservations.reserve(data, data);
  try {
    await sendToIngest(ingestUrl, {
      ...{ method: 'POST', path: '/v1/events', contentType: 'application/cloudevents+json', body: event },
      authorization,
    });
  } catch (error) {
    // What ingest may have taken keeps its revision: the same may be sent again, and nothing else.
    if (error instanceof NotTaken) await reservation.free();
    throw error;
  }
}

const SAID = ['avoided', 'similarCases', 'cost'] as const;
const PREVIEW_MEMBERS = ['organisation', 'caseId', ...SAID] as const;
const ASSESSMENT_MEMBERS = ['revision', 'wellbeing', ...SAID] as const;

interface ReadCase {
  current: CurrentCase;
  settings: SettingsInForce;
}

/** The case that is asked about, which the key may read. */
function addressOf(request: FastifyRequest, given: unknown): { organisation: string; caseId: string } {
  const address = parseQuery(caseAddressSchema, given);
  readableOrganisations(request, address.organisation);
  requireDetail(request, WHY);
  return address;
}

/** Throws a problem: 404 where there is no such case, 409 where it cannot be assessed. */
async function readCase(db: Kysely<Database>, organisation: string, caseId: string): Promise<ReadCase> {
  return inSnapshot(db, async (tx) => {
    const current = currentCase(await readCaseHistory(tx, organisation, caseId));
    return { current, settings: await settingsOfCase(tx, current.data) };
  });
}

/** @throws FaultsError naming all faults, `faults` among them */
async function judge(
  { current, settings }: ReadCase,
  sent: SentAssessment,
  faults: readonly Fault[],
): Promise<JudgedAssessment> {
  let judged: JudgedAssessment | undefined;
  const all = [...faults];
  try {
    judged = judgeAssessment({ current, settings, sent, source: ASSESSMENT_SOURCE, now: new Date() });
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    all.push(...error.faults);
  }
  if (judged === undefined || all.length > 0) throw new FaultsError(all);
  return judged;
}

function revisionFaults(revision: unknown): Fault[] {
  if (Number.isSafeInteger(revision)) return [];
  const detail = 'required: the revision that was shown, a whole number';
  return [{ pointer: '/revision', code: revision === undefined ? 'required' : 'type', detail }];
}

function changed({ revision }: CurrentCase): ProblemError {
  return new ProblemError(409, 'this case changed meanwhile: look at it again', {}, { revision });
}
