import { importsQuerySchema, PAGE_ROWS } from '@effectstroom/contracts';
import { type KeyRing, keyOf, ProblemError, requireScope } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { createGuard, type Guard } from '../guard.ts';
import { queryOf } from '../request.ts';
import { covers, expectImports, type ImportRoute, importIn } from './import-access.ts';
import { type ImportRecord, importOf } from './import-record.ts';
import type { Imports } from './imports.ts';
import { addMappingRoutes } from './mapping-routes.ts';
import type { MappingStore } from './mapping-store.ts';
import { addReportRoute } from './report-route.ts';
import { addUploadRoute } from './upload-route.ts';
import { addVanishedRoutes } from './vanished-routes.ts';

/** Adds the routes of mappings and imports. Without a folder for them, imports answer 404. */
export function addImportRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  mappings: MappingStore,
  imports: Imports | undefined,
): void {
  const guard = createGuard(keys);
  addMappingRoutes(app, keys, guard, mappings);
  addUploadRoute(app, keys, mappings, imports);
  addLookingRoutes(app, keys, imports);
  addActingRoutes(app, guard, imports);
  addReportRoute(app, keys, imports);
  addVanishedRoutes(app, keys, guard, imports);
}

function addLookingRoutes(app: FastifyInstance, keys: KeyRing, maybe: Imports | undefined): void {
  const onRequest = requireScope(keys, 'ingest');
  app.get('/v1/imports', { onRequest }, async (request) => {
    const { store, queue } = expectImports(maybe);
    const { limit, cursor } = queryOf(importsQuerySchema, request);
    const most = limit === undefined ? PAGE_ROWS : Number(limit);
    const rows: ImportRecord[] = [];
    let hasMore = false;
    for (const record of store.before(numberIn(cursor))) {
      if (!covers(keyOf(request), record)) continue;
      hasMore = rows.length === most;
      if (hasMore) break;
      rows.push(record);
    }
    const last = rows.at(-1);
    return {
      rows: rows.map((record) => importOf(record, queue.rateOf(record))),
      next: hasMore && last !== undefined ? String(last.number) : null,
    };
  });
  app.get<ImportRoute>('/v1/imports/:id', { onRequest }, async (request) => {
    const imports = expectImports(maybe);
    const record = importIn(imports, request);
    return importOf(record, imports.queue.rateOf(record));
  });
}

function numberIn(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new ProblemError(400, 'cursor must be the next of the page before');
}

function addActingRoutes(app: FastifyInstance, guard: Guard, maybe: Imports | undefined): void {
  const onRequest = guard('ingest', () => true, '');
  const stop = { onRequest, config: { audit: 'stop import' } };
  app.post<ImportRoute>('/v1/imports/:id/stop', stop, async (request, reply) => {
    const imports = expectImports(maybe);
    const { id, state } = importIn(imports, request);
    if (state !== 'stopped' && !imports.queue.stop(id)) {
      throw new ProblemError(409, 'this import has ended: there is nothing to stop');
    }
    return reply.code(202).send(importOf(importIn(imports, request), undefined));
  });
  const resume = { onRequest, config: { audit: 'resume import' } };
  app.post<ImportRoute>('/v1/imports/:id/resume', resume, async (request, reply) => {
    const imports = expectImports(maybe);
    const record = importIn(imports, request);
    if (record.state !== 'stopped') throw new ProblemError(409, 'only an import that is stopped can go on');
    if (imports.store.hasNewer(record)) {
      throw new ProblemError(409, 'a newer file of this source was imported since: send this one again');
    }
    imports.store.resume(record.id, Date.now());
    imports.queue.wake();
    return reply.code(202).send(importOf(importIn(imports, request), undefined));
  });
}
