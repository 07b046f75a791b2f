import type { Municipalities } from '@effectstroom/contracts';
import { type Database, readMunicipalities } from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { mediaOf } from '../media-type.ts';
import { sendTable } from '../tables/send.ts';

/** Adds `GET /v1/municipalities`: the names that belong to their codes. */
export function addMunicipalitiesRoute(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/municipalities', async (request, reply) => {
    const media = mediaOf(request);
    const rows = await readMunicipalities(db);
    if (media === 'json') return { rows } satisfies Municipalities;
    return sendTable(reply, media, {
      name: 'municipalities',
      columns: ['code', 'name'].map((name) => ({ name, kind: 'text' })),
      rows: rows.map(({ code, name }) => [code, name]),
    });
  });
}
