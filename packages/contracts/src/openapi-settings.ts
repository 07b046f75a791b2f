import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { closingAcceptedSchema, closingAddressSchema, closingSchema } from './closings/closing.ts';
import { deliveriesAddressSchema, deliveriesSchema } from './deliveries/expected-deliveries.ts';
import { slug } from './fields.ts';
import { jsonBody, jsonResponse, PUBLISH_RESPONSES, problemResponse } from './openapi-parts.ts';
import { priceListPreviewSchema } from './price-list-file/price-list-preview.ts';
import { priceListQuerySchema } from './price-list-file/price-list-query.ts';
import { quarantineDecisionsSchema } from './quarantine-decision.ts';
import { reportTextsSchema } from './report-texts/report-texts.ts';
import {
  priceListAddressSchema,
  priceListSchema,
  programmeAddressSchema,
  programmeSchema,
} from './settings-schema.ts';

const PRICE_COLUMNS =
  'vanaf/from, dienst/service, naam/name, eenheid/unit, prijs/price, kostenhouder/costBearer, soort/kind, ' +
  'prijspeil/priceLevel, bron/source, verzilverbaar/cashable';
const table = z.string().meta({ format: 'binary', description: 'The file itself' });

/** Paths of programmes and price lists. */
export const settingsPaths: ZodOpenApiPathsObject = {
  '/v1/programmes/{municipality}/{organisation}/{programme}': {
    put: {
      operationId: 'putProgramme',
      tags: ['Settings'],
      summary: 'Set a programme; an identical body changes nothing',
      requestParams: { path: programmeAddressSchema },
      requestBody: jsonBody(programmeSchema),
      responses: PUBLISH_RESPONSES,
    },
  },
  '/v1/price-lists/{code}': {
    put: {
      operationId: 'putPriceList',
      tags: ['Settings'],
      summary: 'Set a price list; an identical body changes nothing',
      description:
        'As JSON, or as a table (CSV or XLSX) of one price a row, with headers in Dutch or English: ' +
        `${PRICE_COLUMNS}. JSON replaces the whole list. A table adds the editions that it holds, or replaces ` +
        'each of them whole; with replace=true it is the whole list. Where prices would disappear, or no list of ' +
        'this code is known here, a table is refused (409, `disappearing` tells how many) without removes=true.',
      requestParams: { path: priceListAddressSchema, query: priceListQuerySchema },
      requestBody: {
        required: true,
        content: {
          ...jsonBody(priceListSchema).content,
          'text/csv': { schema: table },
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: table },
        },
      },
      responses: {
        200: jsonResponse('With dryRun: the list, and what it would change', priceListPreviewSchema),
        409: problemResponse(
          'Of a table: prices would disappear, or might, and removes=true does not say so',
        ),
        ...PUBLISH_RESPONSES,
      },
    },
  },
  '/v1/deliveries/{organisation}': {
    put: {
      operationId: 'putDeliveries',
      tags: ['Settings'],
      summary:
        'Set which sources of an organisation are expected to deliver; an identical body changes nothing',
      requestParams: { path: deliveriesAddressSchema },
      requestBody: jsonBody(deliveriesSchema),
      responses: PUBLISH_RESPONSES,
    },
  },
  '/v1/report-texts/{municipality}/{organisation}/{programme}': {
    put: {
      operationId: 'putReportTexts',
      tags: ['Settings'],
      summary:
        "Set what the organisation says itself in a programme's report; an identical body changes nothing",
      requestParams: { path: programmeAddressSchema },
      requestBody: jsonBody(reportTextsSchema),
      responses: PUBLISH_RESPONSES,
    },
  },
  '/v1/closings/{organisation}/{period}': {
    put: {
      operationId: 'closePeriod',
      tags: ['Settings'],
      summary: 'Close a period: its figures stay as they are known now; a second time changes nothing',
      description: 'That of an organisation without a programme is not recorded: nothing can count there.',
      requestParams: { path: closingAddressSchema },
      requestBody: jsonBody(closingSchema),
      responses: {
        ...PUBLISH_RESPONSES,
        202: jsonResponse('Durable in the stream', closingAcceptedSchema),
      },
    },
  },
  '/v1/quarantine/{organisation}/decisions': {
    post: {
      operationId: 'decideOnQuarantine',
      tags: ['Settings'],
      summary: 'Dismiss events that stand in quarantine, or try them again',
      description:
        'A dismissed event counts nothing, whatever the settings, until it is retried. It stays recorded, and is ' +
        'listed by GET /v1/quarantine?reason=dismissed on the portal.',
      requestParams: { path: z.object({ organisation: slug }) },
      requestBody: jsonBody(quarantineDecisionsSchema),
      responses: PUBLISH_RESPONSES,
    },
  },
};
