import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { effectReportQuerySchema, keptReportsQuerySchema, reportAddressSchema } from './period.ts';
import { effectReportSchema, keptReportsSchema } from './report.ts';

/** What all answers of the portal share. */
interface Shared {
  headers: z.ZodObject;
  problems: ZodOpenApiResponsesObject;
}

const binary = z.string().meta({ format: 'binary' });

/** The forms of a report, beside JSON. */
const FILES = {
  'text/html': { schema: z.string() },
  'application/pdf': { schema: binary },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: binary },
};

/** Paths of reports. */
export function reportPaths({ headers, problems }: Shared): ZodOpenApiPathsObject {
  const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
  const summary = 'Effectrapportage of a programme over a period, as known now, at a moment or at a closing';
  const problem = (description: string) => ({
    ...{ description, headers },
    content: { 'application/problem+json': { schema: z.object({ detail: z.string() }) } },
  });
  return {
    '/v1/reports/{municipality}/{organisation}/{programme}/{period}': {
      get: {
        ...{ operationId: 'getReport', summary },
        requestParams: { path: reportAddressSchema, query: effectReportQuerySchema },
        responses: {
          200: { description: summary, headers, content: { ...json(effectReportSchema), ...FILES } },
          ...problems,
          406: problem('No content type that `Accept` takes'),
          409: problem('asOf lies ahead, or the period was not closed'),
          501: problem('application/pdf where there is no Chromium'),
        },
      },
    },
    '/v1/reports': {
      get: {
        ...{ operationId: 'getKeptReports', summary: 'Reports that were made each month and kept' },
        requestParams: { query: keptReportsQuerySchema },
        responses: {
          200: { description: 'Newest first; 500 at most', headers, content: json(keptReportsSchema) },
          ...problems,
        },
      },
    },
    '/v1/reports/{file}': {
      get: {
        ...{ operationId: 'getKeptReport', summary: 'A kept report' },
        requestParams: {
          path: z.object({
            file: z.string().meta({ description: 'id.kind', example: 'GM0394_meerwaarde_main_2025-03.pdf' }),
          }),
        },
        responses: {
          200: {
            ...{ description: 'The file', headers },
            content: { ...json(effectReportSchema), ...FILES },
          },
          ...problems,
        },
      },
    },
  };
}
