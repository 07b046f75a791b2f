import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  checkPriceList,
  type PriceListQuery,
  priceListEvent,
  priceListQuerySchema,
} from '@effectstroom/contracts';
import { keyOf, Places, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { settingsMessage } from '../messages.ts';
import type { Publisher } from '../publish.ts';
import { bodyOf, jsonOf, queryOf, refusal } from '../request.ts';
import { type PriceListFile, readPriceListFile } from './price-list-file.ts';
import { checkRemoves, planOfFile, planOfJson } from './price-list-plan.ts';
import type { PriceListStore } from './price-list-store.ts';

const FILES: ReadonlySet<string> = new Set([
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);
const SAYS = `send application/json in UTF-8, or the file itself as one of ${[...FILES].join(', ')}`;
/** Files that are read at the same time: a workbook takes a thread of its own. */
const FILES_MOST = 2;
/** What only a file needs: JSON says it itself. */
const OF_FILES = ['name', 'note', 'from', 'replace', 'removes'] as const;

interface PriceListRoute {
  Params: { code: string };
}

/** Adds `PUT /v1/price-lists/{code}`, which takes JSON, CSV and XLSX. */
export function addPriceListRoute(
  app: FastifyInstance,
  guard: Guard,
  publisher: Publisher,
  store: PriceListStore,
): void {
  const onRequest = guard('admin', (headers) => isJson(headers) || isFile(headers), SAYS);
  const files = new Places(FILES_MOST, 'price lists are read');
  app.put<PriceListRoute>(
    '/v1/price-lists/:code',
    { onRequest, config: { audit: 'put price list' } },
    async (request, reply) => {
      const query = queryOf(priceListQuerySchema, request);
      const { code } = request.params;
      const { list, ignored } = isFile(request.headers)
        ? await files.in(() => readPriceListFile(code, bodyOf(request), query))
        : listInJson(code, request, query);
      if (keyOf(request).organisations !== undefined) {
        throw new ProblemError(403, 'a price list serves all organisations: use a key that covers them all');
      }
      const isTable = isFile(request.headers);
      const known = isTable || query.dryRun === 'true' ? await store.get(code) : undefined;
      const plan = isTable ? planOfFile(list, known?.list, query) : planOfJson(list, known?.list);
      if (query.dryRun === 'true') return reply.send({ ...plan, ignored });
      if (isTable) checkRemoves(plan, query);
      // Kept first: a file that comes next must find whatever may have been published.
      await store.put(plan.list, isTable ? { after: known?.revision } : undefined);
      await publisher.publish([settingsMessage(priceListEvent(plan.list, randomUUID(), new Date()))]);
      return reply.code(202).send({ accepted: 1 });
    },
  );
}

function listInJson(code: string, request: FastifyRequest, query: PriceListQuery): PriceListFile {
  const given = OF_FILES.filter((name) => query[name] !== undefined);
  const detail = 'belongs to a price list in CSV or XLSX: give it in the JSON';
  const { settings, faults } = checkPriceList(code, jsonOf(request));
  const ofQuery = given.map((name) => ({ pointer: `/${name}`, code: 'not-allowed' as const, detail }));
  if (faults !== undefined || ofQuery.length > 0) throw refusal([...ofQuery, ...(faults ?? [])]);
  return { list: settings, ignored: [] };
}

function isFile({ 'content-type': type = '', 'content-encoding': encoding }: IncomingHttpHeaders): boolean {
  const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
  return isPlain && FILES.has((type.split(';')[0] ?? '').trim().toLowerCase());
}
