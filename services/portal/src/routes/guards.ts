import {
  PAGE_ROWS,
  parseCeilingsQuery,
  parseDoubleClaimsQuery,
  parseFollowUpQuery,
  parseSpreadQuery,
  type SavingsQuery,
} from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import { Places } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { answerCeilings } from '../guards/ceilings.ts';
import { answerDoubleClaims } from '../guards/double-claims.ts';
import { answerFollowUps } from '../guards/follow-up.ts';
import { inGuard, type Reading } from '../guards/guard-reading.ts';
import { answerSpread } from '../guards/spread.ts';
import { ceilingsTable, doubleClaimsTable, followUpTable, spreadTable } from '../guards/tables.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { waitUntilCompared, waitUntilKnown } from '../savings/as-of.ts';
import { requireDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';
import type { Table } from '../tables/table.ts';

/** Guards that read whole cases, at the same time: each may read every payload of its period. */
const CASE_READERS_MOST = 2;

/**
 * Adds the guards against overclaiming, `GET /v1/guards/…`: for keys that may see single cases, because what
 * stands out is seldom of many.
 */
export function addGuardRoutes(app: FastifyInstance, db: Kysely<Database>): void {
  const guard = createGuard(db);
  const places = new Places(CASE_READERS_MOST, 'such questions are worked out');
  app.get('/v1/guards/double-claims', async (request, reply) => {
    const { asked, own } = parseDoubleClaimsQuery(request.query);
    const page = { cursor: own.cursor, limit: own.limit === undefined ? PAGE_ROWS : Number(own.limit) };
    const answer = (reading: Reading) => answerDoubleClaims(reading, page);
    return guard({ request, reply, asked, places, waitUntil: waitUntilCompared }, answer, doubleClaimsTable);
  });
  app.get('/v1/guards/ceilings', async (request, reply) => {
    const { asked, own } = parseCeilingsQuery(request.query);
    const answer = (reading: Reading) => answerCeilings(reading, Number(own.year));
    return guard({ request, reply, asked }, answer, ceilingsTable);
  });
  app.get('/v1/guards/follow-up', async (request, reply) => {
    const { asked, own } = parseFollowUpQuery(request.query);
    const answer = (reading: Reading) => answerFollowUps(reading, own.groupBy ?? 'theme');
    return guard({ request, reply, asked, places }, answer, followUpTable);
  });
  app.get('/v1/guards/spread', async (request, reply) => {
    const { asked, own } = parseSpreadQuery(request.query);
    const answer = (reading: Reading) => answerSpread(reading, own.groupBy === 'team,theme');
    return guard({ request, reply, asked, places }, answer, spreadTable);
  });
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  asked: SavingsQuery;
  /** Where it must find one; undefined needs none. */
  places?: Places;
  /** Until what it reads of `asOf` stays so. */
  waitUntil?: typeof waitUntilKnown;
}

/** Answers a guard in the media type that is asked for. */
function createGuard(db: Kysely<Database>) {
  return async <Answer>(
    { request, reply, asked, places, waitUntil = waitUntilKnown }: Exchange,
    answer: (reading: Reading) => Promise<Answer>,
    table: (answer: Answer) => Table,
  ): Promise<Answer | FastifyReply> => {
    const organisations = readableOrganisations(request, asked.filters.organisation);
    const media = mediaOf(request);
    requireDetail(request, 'guards tell of few cases, and of single ones');
    if (asked.asOf !== undefined) await waitUntil(db, asked.asOf);
    const work = () => inGuard(db, { query: asked, organisations }, answer);
    const found = await (places === undefined ? work() : places.in(work));
    return media === 'json' ? found : sendTable(reply, media, table(found));
  };
}
