import {
  type KeptReports,
  keptReportsQuerySchema,
  parseQuery,
  programmeAddressSchema,
  REPORT_KINDS,
  type ReportFile,
} from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Kysely } from 'kysely';
import { boardApi } from '../board/api.ts';
import { preferredType } from '../media-type.ts';
import { readableOrganisations } from '../readers.ts';
import { type ReportStore, readFileName } from '../report/kept/store.ts';
import { makeReport } from '../report/make-report.ts';
import type { PdfPrinter } from '../report/pdf.ts';
import { parseReport } from '../report/question.ts';
import {
  contentTypeOf,
  dispositionOf,
  policyOf,
  REPORT_TYPES,
  reportFile,
  reportName,
} from '../report/report-file.ts';
import { historyOf } from './settings.ts';

/** What reports are made and kept with. */
export interface ReportNeeds {
  printer: PdfPrinter;
  store: ReportStore;
}

/** Reports that a list has at most. */
const LISTED_MAX = 500;

/** Adds a report made now, those that were kept, and the texts of organisations in them. */
export function addReportRoutes(
  app: FastifyInstance,
  db: Kysely<Database>,
  { printer, store }: ReportNeeds,
): void {
  app.get('/v1/reports/:municipality/:organisation/:programme/:period', async (request, reply) => {
    const { question, language } = parseReport(request.params, request.query);
    readableOrganisations(request, question.organisation);
    const type = preferredType(request, Object.values(REPORT_TYPES));
    const kind = REPORT_KINDS.find((one) => REPORT_TYPES[one] === type) ?? 'json';
    if (kind === 'pdf') printer.require();
    const report = await makeReport(boardApi(app, request), question);
    const bytes = await reportFile(report, kind, language, printer);
    return sendReport(reply, reportName(question), kind, bytes);
  });

  app.get('/v1/reports', async (request) => {
    const filter = parseQuery(keptReportsQuerySchema, request.query);
    const organisations = readableOrganisations(request, filter.organisation);
    const rows = await store.list({ ...filter, organisations }, LISTED_MAX);
    return { rows, makes: printer.kinds } satisfies KeptReports;
  });

  app.get<{ Params: { file: string } }>('/v1/reports/:file', async (request, reply) => {
    const named = readFileName(request.params.file);
    if (named !== undefined) readableOrganisations(request, named.organisation);
    const bytes = named && (await store.file(named.id, named.kind));
    if (named === undefined || bytes === undefined)
      throw new ProblemError(404, 'there is no such report: GET /v1/reports lists them');
    return sendReport(reply, named.id, named.kind, bytes);
  });

  app.get('/v1/report-texts/:municipality/:organisation/:programme', async (request) => {
    const { municipality, organisation, programme } = parseQuery(programmeAddressSchema, request.params);
    readableOrganisations(request, organisation);
    return historyOf(db, 'report', [municipality, organisation, programme].join('/'));
  });
}

function sendReport(reply: FastifyReply, name: string, kind: ReportFile, bytes: Buffer): FastifyReply {
  if (kind === 'html') reply.header('content-security-policy', policyOf(bytes));
  if (kind !== 'json') reply.header('content-disposition', dispositionOf(name, kind));
  return reply.type(contentTypeOf(kind)).send(bytes);
}
