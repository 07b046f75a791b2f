import {
  PAGE_ROWS,
  parseQuery,
  type Quarantine,
  type QuarantinedRow,
  quarantineQuerySchema,
} from '@effectstroom/contracts';
import {
  countQuarantine,
  countUnreadable,
  type Database,
  inSnapshot,
  type QuarantinedEvent,
  type QuarantinePlace,
  readQuarantine,
} from '@effectstroom/database';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { requireDetail } from '../suppression/detail.ts';
import { sendTable } from '../tables/send.ts';
import type { Column } from '../tables/table.ts';

/** Adds `GET /v1/quarantine`. */
export function addQuarantineRoute(app: FastifyInstance, db: Kysely<Database>): void {
  app.get('/v1/quarantine', async (request, reply) => {
    const { organisation, reason, limit, cursor } = parseQuery(quarantineQuerySchema, request.query);
    const organisations = readableOrganisations(request, organisation);
    requireDetail(request, 'the list holds single cases');
    const media = mediaOf(request);
    const scope = { organisation, reason, organisations };
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const rows = limit === undefined ? PAGE_ROWS : Number(limit);
    const answer = await inSnapshot(db, async (tx): Promise<Quarantine> => {
      // One more than asked tells whether there is a next page.
      const events = await readQuarantine(tx, scope, after, rows + 1);
      const last = events.length > rows ? events[rows - 1] : undefined;
      const counts = [...(await countQuarantine(tx, scope))].map(([name, count]) => [name, Number(count)]);
      return {
        rows: events.slice(0, rows).map(rowOf),
        counts: Object.fromEntries(counts),
        unreadable: organisations === undefined ? Number(await countUnreadable(tx)) : null,
        next: last === undefined ? null : cursorOf(last.place.organisation, last.place.number),
      };
    });
    if (media === 'json') return answer;
    const cells = answer.rows.map((row) => COLUMNS.map(({ name }) => row[name]));
    return sendTable(reply, media, { name: 'quarantine', columns: COLUMNS, rows: cells, next: answer.next });
  });
}

const NAMES = [
  'organisation',
  'source',
  'id',
  'type',
  'caseId',
  'revision',
  'reason',
  'detail',
  'since',
] as const;

const COLUMNS = NAMES.map(
  (name) => ({ name, kind: name === 'revision' ? 'count' : 'text' }) as const,
) satisfies Column[];

function placeOf(cursor: string): QuarantinePlace {
  const [organisation = '', number = ''] = readCursor(cursor, [/^\d{1,9}$/, /^\d{1,18}$/]);
  return { organisation: Number(organisation), number: BigInt(number) };
}

function rowOf({ organisation, caseId, reason, detail, since, payload }: QuarantinedEvent): QuarantinedRow {
  const event = JSON.parse(payload) as {
    source: string;
    id: string;
    type: string;
    data: { revision: number };
  };
  const { source, id, type, data } = event;
  return { organisation, source, id, type, caseId, revision: data.revision, reason, detail, since };
}
