import {
  civilDateAt,
  type Deliveries,
  type DeliveriesAnswer,
  deliveriesAddressSchema,
  deliveriesQuerySchema,
  PAGE_ROWS,
  parseQuery,
} from '@effectstroom/contracts';
import {
  countQuarantineBySource,
  type Database,
  inSnapshot,
  readDelivered,
  readExpectedDeliveries,
  readKnown,
  readOrganisationsIn,
  readSourceMonths,
} from '@effectstroom/database';
import type { RefusalCounts } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { compare, deliveryRows, type KnownSource, knownSources } from '../deliveries/rows.ts';
import { deliveriesTable } from '../deliveries/table.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { seesDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';
import { historyOf } from './settings.ts';

/**
 * Adds `GET /v1/deliveries`, and what is expected of an organisation with its history.
 * @param fewerThan numbers of cases below it are shown only to keys that may see single cases
 */
export function addDeliveriesRoutes(
  app: FastifyInstance,
  db: Kysely<Database>,
  refusals: RefusalCounts,
  fewerThan: number,
): void {
  app.get('/v1/deliveries', async (request, reply) => {
    const { municipality, organisation, year, limit, cursor } = parseQuery(
      deliveriesQuerySchema,
      request.query,
    );
    const readable = readableOrganisations(request, organisation);
    const media = mediaOf(request);
    const question = {
      municipality,
      organisations: organisation === undefined ? readable : [organisation],
      year: Number(year ?? civilDateAt(new Date()).slice(0, 4)),
      after: cursor === undefined ? undefined : placeOf(cursor),
      limit: limit === undefined ? PAGE_ROWS : Number(limit),
      fewerThan: seesDetail(request) ? undefined : fewerThan,
    };
    const answer = await inSnapshot(db, (tx) => answerDeliveries(tx, question, refusals));
    return media === 'json' ? answer : sendTable(reply, media, deliveriesTable(answer));
  });
  app.get('/v1/deliveries/:organisation', async (request) => {
    const { organisation } = parseQuery(deliveriesAddressSchema, request.params);
    readableOrganisations(request, organisation);
    return historyOf(db, 'deliveries', organisation);
  });
}

interface Place {
  organisation: string;
  source: string;
}

interface Question {
  municipality: string | undefined;
  /** Codes; undefined is all. */
  organisations: readonly string[] | undefined;
  year: number;
  /** The page starts behind this source. */
  after: Place | undefined;
  limit: number;
  /** Undefined shows any number of cases. */
  fewerThan: number | undefined;
}

async function answerDeliveries(
  tx: Transaction<Database>,
  question: Question,
  refusals: RefusalCounts,
): Promise<DeliveriesAnswer> {
  const { municipality, year, after, limit, fewerThan } = question;
  const organisations = await organisationsOf(tx, question);
  const { latest } = await readKnown(tx);
  const now = new Date();
  const expected = await readExpectedDeliveries(tx, organisations, undefined);
  const bodies = expected.map(({ body }) => body as Deliveries);
  const all = knownSources(bodies, await readDelivered(tx, organisations)).filter(
    (one) => after === undefined || isBehind(one, after),
  );
  const page = all.slice(0, limit);
  const last = all.length > limit ? page.at(-1) : undefined;
  const codes = [...new Set(page.map(({ organisation }) => organisation))];
  const period = { from: dayOf(year - 1, '01-01'), to: dayOf(year, '12-31') };
  const rows = deliveryRows(page, {
    year,
    months: await readSourceMonths(tx, codes, municipality, period),
    quarantined: await countQuarantineBySource(tx, codes, municipality),
    refused: (organisation, source) => refusals.of(organisation, source, now),
    moment: latest === null ? now : new Date(latest),
    fewerThan,
  });
  return {
    ...{ year, asOf: latest, rows },
    next: last === undefined ? null : cursorOf(last.organisation, last.source),
  };
}

/** The organisations that are asked for; in a municipality, those that have a programme or cases there. */
async function organisationsOf(
  tx: Transaction<Database>,
  { municipality, organisations }: Question,
): Promise<readonly string[] | undefined> {
  if (municipality === undefined) return organisations;
  const there = await readOrganisationsIn(tx, municipality);
  return organisations === undefined ? there : there.filter((code) => organisations.includes(code));
}

function dayOf(year: number, day: string): string {
  return `${String(Math.max(1, year)).padStart(4, '0')}-${day}`;
}

function isBehind(one: KnownSource, after: Place): boolean {
  return (compare(one.organisation, after.organisation) || compare(one.source, after.source)) > 0;
}

function placeOf(cursor: string): Place {
  const [organisation = '', source = ''] = readCursor(cursor, [/^[a-z0-9-]{1,64}$/, /^.{1,512}$/]);
  return { organisation, source };
}
