import {
  PAGE_ROWS,
  type PriceList,
  type PriceListRow,
  type Programme,
  type ProgrammeRow,
  pageQuerySchema,
  parseQuery,
  priceListAddressSchema,
  programmeAddressSchema,
} from '@effectstroom/contracts';
import {
  type Database,
  readSettingsHistory,
  readSettingsPage,
  type SettingsRecord,
} from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { mediaOf } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { sendTable } from '../tables/send.ts';
import type { Cell, Table } from '../tables/table.ts';

type Kind = SettingsRecord['kind'];

/** Adds the programmes and price lists, as in force and with their history. */
export function addSettingsRoutes(app: FastifyInstance, db: Kysely<Database>): void {
  addList(app, db, { url: '/v1/programmes', kind: 'programme', rowOf: programmeRow });
  app.get('/v1/programmes/:municipality/:organisation/:programme', async (request) => {
    const { municipality, organisation, programme } = parseQuery(programmeAddressSchema, request.params);
    readableOrganisations(request, organisation);
    return historyOf(db, 'programme', [municipality, organisation, programme].join('/'));
  });
  addList(app, db, { url: '/v1/price-lists', kind: 'price-list', rowOf: priceListRow });
  app.get('/v1/price-lists/:code', async (request) => {
    const { code } = parseQuery(priceListAddressSchema, request.params);
    return historyOf(db, 'price-list', code);
  });
}

interface List<Row> {
  url: string;
  kind: Kind;
  rowOf: (record: SettingsRecord) => Row;
}

function addList<Row extends Record<string, Cell>>(
  app: FastifyInstance,
  db: Kysely<Database>,
  list: List<Row>,
): void {
  const { url, kind, rowOf } = list;
  app.get(url, async (request, reply) => {
    const { rows, next } = await readPage(request, db, kind);
    const media = mediaOf(request);
    if (media === 'json') return { rows: rows.map(rowOf), next };
    return sendTable(reply, media, { ...tableOf(kind, rows.map(rowOf)), next });
  });
}

async function readPage(
  request: FastifyRequest,
  db: Kysely<Database>,
  kind: Kind,
): Promise<{ rows: SettingsRecord[]; next: string | null }> {
  const { limit, cursor } = parseQuery(pageQuerySchema, request.query);
  const organisations = readableOrganisations(request, undefined);
  const [afterKey = ''] = cursor === undefined ? [] : readCursor(cursor, [/^.{1,200}$/]);
  const rows = limit === undefined ? PAGE_ROWS : Number(limit);
  const found = await readSettingsPage(db, { kind, organisations, afterKey, limit: rows + 1 });
  const last = found.length > rows ? found[rows - 1] : undefined;
  return { rows: found.slice(0, rows), next: last === undefined ? null : cursorOf(last.key) };
}

/** The version in force of some settings, with every version it has had. Throws a problem, 404, where there is none. */
export async function historyOf(db: Kysely<Database>, kind: Kind, key: string): Promise<object> {
  const versions = await readSettingsHistory(db, kind, key);
  const [newest] = versions;
  if (newest === undefined) throw new ProblemError(404, 'there are no such settings');
  const history = versions.map(({ knownAt, body }) => ({ knownAt, body }));
  return { ...(newest.body as object), knownAt: newest.knownAt, history };
}

function programmeRow({ body, knownAt }: SettingsRecord): ProgrammeRow {
  const { municipality, organisation, programme, name, method, priceList } = body as Programme;
  return { municipality, organisation, programme, name, method, priceList: priceList ?? null, knownAt };
}

function priceListRow({ body, knownAt }: SettingsRecord): PriceListRow {
  const { code, name, note } = body as PriceList;
  return { code, name, note: note ?? null, knownAt };
}

const PROGRAMME_NAMES = [
  'municipality',
  'organisation',
  'programme',
  'name',
  'method',
  'priceList',
  'knownAt',
];
const PRICE_LIST_NAMES = ['code', 'name', 'note', 'knownAt'];

function tableOf(kind: Kind, rows: readonly Record<string, Cell>[]): Table {
  const names = kind === 'programme' ? PROGRAMME_NAMES : PRICE_LIST_NAMES;
  return {
    name: kind === 'programme' ? 'programmes' : 'price-lists',
    columns: names.map((name) => ({ name, kind: 'text' })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  };
}
