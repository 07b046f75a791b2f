import { createHash } from 'node:crypto';
import {
  type ErasureRow,
  erasureAddressSchema,
  erasuresQuerySchema,
  PAGE_ROWS,
  parseQuery,
} from '@effectstroom/contracts';
import { type Database, readErasure, readErasures } from '@effectstroom/database';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { certificateOf, erasureRowOf } from '../erasures/certificate.ts';
import { certificatePage } from '../erasures/certificate-page.ts';
import { mediaOf, preferredType } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { seesDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';
import type { Table } from '../tables/table.ts';

/** Adds `GET /v1/erasures` and `GET /v1/erasures/{id}`: the certificates. */
export function addErasureRoutes(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/erasures', async (request, reply) => {
    const { organisation, limit, cursor } = parseQuery(erasuresQuerySchema, request.query);
    const readable = readableOrganisations(request, organisation);
    const media = mediaOf(request);
    const organisations = organisation === undefined ? readable : [organisation];
    const before = cursor === undefined ? undefined : numberOf(cursor);
    const most = limit === undefined ? PAGE_ROWS : Number(limit);
    const found = await readErasures(db, organisations, before, most + 1);
    const rows = found.slice(0, most).map((one) => erasureRowOf(one, seesDetail(request)));
    const last = found.length > most ? found[most - 1] : undefined;
    const next = last === undefined ? null : cursorOf(last.number);
    return media === 'json' ? { rows, next } : sendTable(reply, media, tableOf(rows, next));
  });

  app.get('/v1/erasures/:id', async (request, reply) => {
    const { id } = parseQuery(erasureAddressSchema, request.params);
    const media = preferredType(request, ['application/json', 'text/html']);
    const key = keyOf(request);
    const erasure = await readErasure(db, id);
    if (erasure === undefined || !key.coversOrganisation(erasure.organisation))
      throw new ProblemError(404, 'there is no such erasure, or it is not applied yet: try again shortly');
    const showsCase = seesDetail(request);
    const certificate = certificateOf(erasure, showsCase);
    if (media === 'application/json') return certificate;
    const page = certificatePage(certificate, showsCase);
    reply.header('content-security-policy', policyOf(page)).header('cache-control', 'no-store');
    return reply.type('text/html; charset=utf-8').send(page);
  });
}

/** Nothing from elsewhere, no scripts; the one style of the page is named by its hash. */
function policyOf(page: string): string {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function numberOf(cursor: string): bigint {
  const [number = ''] = readCursor(cursor, [/^\d{1,18}$/]);
  return BigInt(number);
}

const NAMES = ['id', 'organisation', 'request', 'requestedAt', 'appliedAt', 'transportUntil'] as const;

function tableOf(rows: readonly ErasureRow[], next: string | null): Table {
  return {
    name: 'erasures',
    columns: NAMES.map((name) => ({ name, kind: 'text' })),
    rows: rows.map((row) => NAMES.map((name) => row[name])),
    next,
  };
}
