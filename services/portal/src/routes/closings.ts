import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { closingAddressSchema, closingsQuerySchema, PAGE_ROWS, parseQuery } from '@effectstroom/contracts';
import {
  type ClosingRecord,
  type Database,
  daysOf,
  inSnapshot,
  readClosing,
  readClosings,
  readLedgerSums,
} from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { closingAnswer, closingRow } from '../closings/answer.ts';
import { bundleOf } from '../closings/bundle.ts';
import { BundlePlaces } from '../closings/bundle-places.ts';
import { closingsTable } from '../closings/table.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { momentsOf } from '../savings/moments.ts';
import { requireDetail, seesDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';

const URL_OF_ONE = '/v1/closings/:organisation/:period';
/** Milliseconds in which a bundle must be fetched: until then it keeps its place. */
const BUNDLE_MS = 15 * 60_000;

/** Adds `GET /v1/closings`, one closing, and its bundle. */
export function addClosingRoutes(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/closings', async (request, reply) => {
    const { organisation, limit, cursor } = parseQuery(closingsQuerySchema, request.query);
    const organisations = readableOrganisations(request, organisation);
    const media = mediaOf(request);
    const most = limit === undefined ? PAGE_ROWS : Number(limit);
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const found = await readClosings(db, { organisations, organisation, after, limit: most + 1 });
    const rows = found.slice(0, most).map((one) => closingRow(one, seesDetail(request)));
    const last = found.length > most ? rows.at(-1) : undefined;
    const next = last === undefined ? null : cursorOf(last.organisation, last.period);
    return media === 'json' ? { rows, next } : sendTable(reply, media, closingsTable(rows, next));
  });
  app.get(URL_OF_ONE, async (request) => {
    const { organisation, period } = addressOf(request);
    requireDetail(request, 'what came after a closing may be a single case');
    return inSnapshot(db, async (tx) => answerOf(tx, await closingAt(tx, organisation, period)));
  });
  const places = new BundlePlaces();
  app.get(`${URL_OF_ONE}/bundle`, async (request, reply) => {
    const { organisation, period } = addressOf(request);
    requireDetail(request, 'a bundle holds single cases');
    const closing = await closingAt(db, organisation, period);
    if (closing.sealedAt === null)
      throw new ProblemError(409, 'the period was closed just now: try again in some seconds', {
        'retry-after': '5',
      });
    const release = places.take();
    const body = await bundleOf(db, closing).then(
      (pieces) => Readable.from(pieces, { signal: AbortSignal.timeout(BUNDLE_MS) }),
      (error) => {
        release();
        throw error;
      },
    );
    body.once('close', release);
    reply.header('content-disposition', `attachment; filename="closing-${organisation}-${period}.ndjson"`);
    return reply.type('application/x-ndjson').send(body);
  });
}

/** Adds `GET /v1/closings/recompute.mjs`, for everybody: the program that works a bundle out again. */
export function addRecomputeRoute(app: FastifyInstance): void {
  const body = readFileSync(new URL('../../../../infra/recompute.mjs', import.meta.url));
  app.get('/v1/closings/recompute.mjs', async (_request, reply) =>
    reply
      .header('content-disposition', 'attachment; filename="recompute.mjs"')
      .type('text/javascript; charset=utf-8')
      .send(body),
  );
}

/** Throws a problem, 403, where the key may not read the organisation. */
function addressOf(request: FastifyRequest): { organisation: string; period: string } {
  const address = parseQuery(closingAddressSchema, request.params);
  readableOrganisations(request, address.organisation);
  return address;
}

/** Throws a problem, 404, where the period was not closed. */
async function closingAt(db: Kysely<Database>, organisation: string, period: string): Promise<ClosingRecord> {
  const closing = await readClosing(db, organisation, period);
  if (closing === undefined) throw new ProblemError(404, 'this period of this organisation was not closed');
  return closing;
}

async function answerOf(tx: Kysely<Database>, closing: ClosingRecord) {
  const { asOf, moment } = await momentsOf(tx, undefined);
  const { organisationId: organisation, number, sealedAt } = closing;
  const span = { organisation, period: daysOf(closing) };
  // What was reported is in, whatever the clock said when it came.
  const upTo = sealedAt === null ? moment : undefined;
  const before = await readLedgerSums(tx, { ...span, before: number, upTo });
  const after = await readLedgerSums(tx, { ...span, behind: number, upTo: moment });
  return closingAnswer(closing, { before, after, asOf });
}

function placeOf(cursor: string): { organisation: string; period: string } {
  const [organisation = '', period = ''] = readCursor(cursor, [/^[a-z0-9-]{1,64}$/, /^[0-9Q-]{4,7}$/]);
  return { organisation, period };
}
