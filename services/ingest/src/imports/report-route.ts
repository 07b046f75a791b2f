import { PAGE_ROWS, reportQuerySchema } from '@effectstroom/contracts';
import { type KeyRing, requireScope } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { queryOf } from '../request.ts';
import { expectImports, type ImportRoute, importIn } from './import-access.ts';
import { importOf } from './import-record.ts';
import type { Imports } from './imports.ts';
import { csvHeader, csvReport } from './report-csv.ts';
import { ReportReader } from './report-file.ts';
import { reportMediaOf } from './report-media.ts';
import { reportPage } from './report-page.ts';

/** Adds `GET /v1/imports/{id}/report`: JSON in pages, the whole as CSV, or a Dutch page. */
export function addReportRoute(app: FastifyInstance, keys: KeyRing, maybe: Imports | undefined): void {
  const onRequest = requireScope(keys, 'ingest');
  app.get<ImportRoute>('/v1/imports/:id/report', { onRequest }, async (request, reply) => {
    const imports = expectImports(maybe);
    const record = importIn(imports, request);
    const { status, after = '0', limit } = queryOf(reportQuerySchema, request);
    const media = reportMediaOf(request);
    reply.header('vary', 'accept');
    const report = ReportReader.open(imports.files.path(record.id, 'report'));
    if (media === 'csv') {
      reply.type('text/csv; charset=utf-8; header=present');
      reply.header('content-disposition', `attachment; filename="import-${record.id}.csv"`);
      return reply.send(report === undefined ? csvHeader() : csvReport(report, status));
    }
    try {
      if (media === 'html') {
        const page = reportPage(importOf(record, imports.queue.rateOf(record)), report);
        return reply.type('text/html; charset=utf-8').send(page);
      }
      const most = limit === undefined ? PAGE_ROWS : Number(limit);
      const rows = report?.page(status, Number(after), most) ?? [];
      return { rows, next: rows.length === most ? (rows.at(-1)?.row ?? null) : null };
    } finally {
      report?.close();
    }
  });
}
