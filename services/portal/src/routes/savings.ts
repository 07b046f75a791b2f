import { type Programme, parseSavingsQuery, type Savings, type SavingsQuery } from '@effectstroom/contracts';
import { type Database, inSnapshot, readKnown, readProgrammes, readSavings } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { savingsAnswer } from '../savings/answer.ts';
import { waitUntilKnown } from '../savings/as-of.ts';
import { followingYearsOf } from '../savings/following-years.ts';
import { questionOf } from '../savings/question.ts';
import { readCompleteness } from '../savings/read-completeness.ts';
import { savingsTable } from '../savings/table.ts';
import { sendTable } from '../tables/send.ts';

/** A group has a handful of cells: one for each kind of line and year. */
const CELLS_MAX = 100_000;

/** Adds `GET /v1/savings`. */
export function addSavingsRoute(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/savings', async (request, reply) => {
    const query = parseSavingsQuery(request.query);
    const organisations = readableOrganisations(request, query.filters.organisation);
    const media = mediaOf(request);
    if (query.asOf !== undefined) await waitUntilKnown(db, query.asOf);
    const savings = await answerSavings(db, query, organisations);
    if (media === 'json') return savings;
    return sendTable(reply, media, savingsTable(savings));
  });
}

/**
 * The figures of a question, all from one snapshot.
 * @param organisations codes that may be read; undefined is all
 */
export function answerSavings(
  db: Kysely<Database>,
  query: SavingsQuery,
  organisations: readonly string[] | undefined,
): Promise<Savings> {
  const { municipality, organisation, programme } = query.filters;
  return inSnapshot(db, async (tx) => {
    const { latest, isBetween } = await readKnown(tx);
    const asOf = query.asOf ?? latest;
    // While settings are being applied only the ledger tells what was known at one moment.
    const moment = query.asOf ?? (isBetween ? (latest ?? undefined) : undefined);
    const scope = { municipality, organisation, programme, organisations, asOf: asOf ?? undefined };
    const programmes = (await readProgrammes(tx, scope)).map(({ body }) => body as Programme);
    const followingYears = followingYearsOf(programmes, query);
    const options = { cellsMax: CELLS_MAX, longestAtLeast: followingYears };
    const cells = await readSavings(tx, { ...questionOf(query, organisations), asOf: moment }, options);
    const { longest } = cells;
    const completeness = await readCompleteness(tx, { query, organisations, programmes, asOf, longest });
    return savingsAnswer({ query, cells, programmes, followingYears, asOf, organisations, completeness });
  });
}
