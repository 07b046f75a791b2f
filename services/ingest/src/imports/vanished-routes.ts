import { checkWithdrawal, PAGE_ROWS, vanishedQuerySchema } from '@effectstroom/contracts';
import { type KeyRing, ProblemError, requireScope } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { faultsProblem } from '../parse.ts';
import { jsonOf, queryOf, SAYS } from '../request.ts';
import { expectImports, type ImportRoute, importIn } from './import-access.ts';
import { type ImportRecord, importOf } from './import-record.ts';
import type { Imports } from './imports.ts';
import { ReportReader } from './report-file.ts';

/** Adds `GET /v1/imports/{id}/vanished` and `POST /v1/imports/{id}/vanished/withdraw`. */
export function addVanishedRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  guard: Guard,
  maybe: Imports | undefined,
): void {
  const onGet = requireScope(keys, 'ingest');
  app.get<ImportRoute>('/v1/imports/:id/vanished', { onRequest: onGet }, async (request) => {
    const imports = expectImports(maybe);
    const record = importIn(imports, request);
    const { after = '', limit } = queryOf(vanishedQuerySchema, request);
    const most = limit === undefined ? PAGE_ROWS : Number(limit);
    return withVanished(imports, record, (report) => {
      const cases = report.vanished(after, most);
      const next = cases.length === most ? (cases.at(-1) ?? null) : null;
      return { count: report.vanishedCount, unreadable: record.rows.unreadable, cases, next };
    });
  });

  const onRequest = guard('ingest', isJson, SAYS);
  const config = { audit: 'withdraw vanished cases' };
  app.post<ImportRoute>(
    '/v1/imports/:id/vanished/withdraw',
    { onRequest, config },
    async (request, reply) => {
      const imports = expectImports(maybe);
      const record = importIn(imports, request);
      const { withdrawal, faults } = checkWithdrawal(jsonOf(request));
      if (faults !== undefined) throw faultsProblem(400, 'nothing is withdrawn: see errors', faults);
      const now = withVanished(imports, record, ({ vanishedCount }) => vanishedCount);
      const refusal = refusalOf(imports, record, withdrawal.count === now);
      if (refusal !== undefined) throw new ProblemError(409, refusal);
      imports.store.withdraw(record.id, withdrawal.reason, Date.now());
      imports.queue.wake();
      return reply.code(202).send(importOf(importIn(imports, request), undefined));
    },
  );
}

/** Why the vanished cases cannot be withdrawn; undefined where they can. */
function refusalOf({ store }: Imports, record: ImportRecord, isCountNow: boolean): string | undefined {
  if (record.dryRun) return 'this was a dry run: import the file first';
  if (record.rows.unreadable > 0) {
    return 'some rows name no case that can be read, maybe one of these: correct them and import again';
  }
  if (store.hasNewer(record)) return 'a newer file of this source was imported since: use that import';
  return isCountNow ? undefined : 'the count is another one now: look at the vanished cases again';
}

/** Throws a problem, 409, where it is not known which cases vanished. */
function withVanished<Result>(
  { files }: Imports,
  { id, full, state }: ImportRecord,
  use: (report: ReportReader) => Result,
): Result {
  const report = full && state === 'done' ? ReportReader.open(files.path(id, 'report')) : undefined;
  if (report === undefined) {
    throw new ProblemError(409, 'only an import of a full export that is done knows which cases vanished');
  }
  try {
    return use(report);
  } finally {
    report.close();
  }
}
