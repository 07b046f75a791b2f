import { z } from 'zod';
import { CASE_TYPES } from './case-event.ts';
import { caseEventSchemas } from './case-event-schema.ts';
import { priceListSchema, programmeSchema } from './settings-schema.ts';

/** JSON Schema (draft 2020-12) of all that may be sent, by name; made from the schemas that check it. */
export function jsonSchemas(): Record<string, z.core.JSONSchema.BaseSchema> {
  const schemas = {
    'case-registered': caseEventSchemas[CASE_TYPES.registered],
    'case-assessed': caseEventSchemas[CASE_TYPES.assessed],
    'case-withdrawn': caseEventSchemas[CASE_TYPES.withdrawn],
    programme: programmeSchema,
    'price-list': priceListSchema,
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
  );
}
