import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { deliveriesAddressSchema, deliveriesSchema } from './deliveries/expected-deliveries.ts';
import { slug } from './fields.ts';
import { jsonBody, PUBLISH_RESPONSES } from './openapi-parts.ts';
import { quarantineDecisionsSchema } from './quarantine-decision.ts';
import {
  priceListAddressSchema,
  priceListSchema,
  programmeAddressSchema,
  programmeSchema,
} from './settings-schema.ts';

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
      requestParams: { path: priceListAddressSchema },
      requestBody: jsonBody(priceListSchema),
      responses: PUBLISH_RESPONSES,
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
