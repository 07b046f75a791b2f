import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { code } from '../fields.ts';
import { mappingSchema } from '../mapping/index.ts';
import {
  BODY_PROBLEMS,
  jsonBody,
  jsonResponse,
  KEY_PROBLEMS,
  laterResponse,
  problemResponse,
} from '../openapi-parts.ts';
import {
  importSchema,
  importsSchema,
  proposalSchema,
  reportSchema,
  vanishedSchema,
} from './import-answers.ts';
import {
  importQuerySchema,
  importsQuerySchema,
  mappingQuerySchema,
  reportQuerySchema,
  vanishedQuerySchema,
  withdrawalSchema,
} from './import-queries.ts';

const mappingVersion = z.object({ code: z.string(), version: z.int() }).meta({ id: 'MappingVersion' });
const keptMapping = z.looseObject({ code: z.string(), version: z.int() }).meta({ id: 'KeptMapping' });
const mappings = z
  .object({
    rows: z.array(
      z.object({
        code: z.string(),
        version: z.int(),
        name: z.string(),
        organisation: z.string(),
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'Mappings' });

const codePath = z.object({ code });
const idPath = z.object({ id: z.uuid() });

const QUERY_PROBLEM = { 400: problemResponse('Faults in the question; `errors` names all of them') };
const NOT_FOUND = { 404: problemResponse('There is no such thing, or this key may not know of it') };
const CONFLICT = { 409: problemResponse('Not in this state; the detail says what to do') };
const AWAY = { 503: laterResponse('The stream is not there; try again later') };

const file = z.string().meta({ format: 'binary', description: 'The file itself' });
const FILE_BODY = {
  required: true,
  content: {
    'text/csv': { schema: file },
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: file },
    'application/octet-stream': { schema: file },
  },
};

function act(operationId: string, summary: string): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: ['Imports'],
    summary,
    requestParams: { path: idPath },
    responses: {
      202: jsonResponse('The import', importSchema),
      ...KEY_PROBLEMS,
      ...NOT_FOUND,
      ...CONFLICT,
    },
  };
}

const mappingPaths: ZodOpenApiPathsObject = {
  '/v1/mappings': {
    get: {
      operationId: 'getMappings',
      tags: ['Imports'],
      summary: 'The mappings of the organisations that the key covers, each in its newest version',
      responses: { 200: jsonResponse('The mappings', mappings), ...KEY_PROBLEMS, ...AWAY },
    },
  },
  '/v1/mappings/{code}': {
    put: {
      operationId: 'putMapping',
      tags: ['Imports'],
      summary: 'Set how an export becomes cases; an identical body makes no new version',
      requestParams: { path: codePath },
      requestBody: jsonBody(mappingSchema),
      responses: { 200: jsonResponse('The version that now counts', mappingVersion), ...BODY_PROBLEMS },
    },
    get: {
      operationId: 'getMapping',
      tags: ['Imports'],
      summary: 'One mapping, in its newest version or the one that is asked',
      requestParams: { path: codePath, query: mappingQuerySchema },
      responses: {
        200: jsonResponse('The mapping', keptMapping),
        ...QUERY_PROBLEM,
        ...KEY_PROBLEMS,
        ...NOT_FOUND,
        ...AWAY,
      },
    },
  },
};

const actPaths: ZodOpenApiPathsObject = {
  '/v1/imports/{id}/stop': { post: act('stopImport', 'Stop an import; what it delivered stays') },
  '/v1/imports/{id}/resume': { post: act('resumeImport', 'Go on with a stopped import where it was') },
  '/v1/imports/{id}/vanished/withdraw': {
    post: {
      ...act('withdrawVanished', 'Withdraw the vanished cases, after their preview'),
      requestBody: jsonBody(withdrawalSchema),
    },
  },
};

/** Paths of mappings and imports, for the OpenAPI document of ingest. */
export const importPaths: ZodOpenApiPathsObject = {
  ...mappingPaths,
  '/v1/imports': {
    post: {
      operationId: 'startImport',
      tags: ['Imports'],
      summary: 'Import an export of a registration system, CSV or XLSX; without mapping: propose one',
      requestParams: { query: importQuerySchema },
      requestBody: FILE_BODY,
      responses: {
        200: jsonResponse('Without mapping: a proposal; nothing is kept', proposalSchema),
        202: jsonResponse('The import, which waits for its turn; `Location` is its address', importSchema),
        ...BODY_PROBLEMS,
        ...NOT_FOUND,
        413: problemResponse('The file is larger than this installation takes'),
        507: problemResponse('There is no room for the file'),
      },
    },
    get: {
      operationId: 'getImports',
      tags: ['Imports'],
      summary: 'The imports that the key covers, newest first',
      requestParams: { query: importsQuerySchema },
      responses: { 200: jsonResponse('The imports', importsSchema), ...QUERY_PROBLEM, ...KEY_PROBLEMS },
    },
  },
  '/v1/imports/{id}': {
    get: {
      operationId: 'getImport',
      tags: ['Imports'],
      summary: 'One import: how far it is and what became of its rows',
      requestParams: { path: idPath },
      responses: { 200: jsonResponse('The import', importSchema), ...KEY_PROBLEMS, ...NOT_FOUND },
    },
  },
  '/v1/imports/{id}/report': {
    get: {
      operationId: 'getImportReport',
      tags: ['Imports'],
      summary: 'What became of each row: JSON in pages, the whole as CSV, or a Dutch page',
      requestParams: { path: idPath, query: reportQuerySchema },
      responses: {
        200: {
          description: 'The report',
          content: {
            'application/json': { schema: reportSchema },
            'text/csv': { schema: z.string() },
            'text/html': { schema: z.string() },
          },
        },
        ...QUERY_PROBLEM,
        ...KEY_PROBLEMS,
        ...NOT_FOUND,
      },
    },
  },
  '/v1/imports/{id}/vanished': {
    get: {
      operationId: 'getVanished',
      tags: ['Imports'],
      summary: 'Cases delivered before that are not in this full export',
      requestParams: { path: idPath, query: vanishedQuerySchema },
      responses: {
        200: jsonResponse('The vanished cases', vanishedSchema),
        ...QUERY_PROBLEM,
        ...KEY_PROBLEMS,
        ...NOT_FOUND,
        ...CONFLICT,
      },
    },
  },
  ...actPaths,
};
