import { z } from 'zod';
import { CASE_TYPES } from './case-event.ts';
import { avoidedLineSchema, caseEventSchemas } from './case-event-schema.ts';
import { deliveriesSchema } from './deliveries/expected-deliveries.ts';
import { mappingSchema } from './mapping/index.ts';
import { caseEventSchema } from './openapi-events.ts';
import { quarantineDecisionsSchema } from './quarantine-decision.ts';
import { reportTextsSchema } from './report-texts/report-texts.ts';
import { priceListSchema, programmeSchema } from './settings-schema.ts';

/** A JSON Schema, or another JSON document. */
export type JsonDocument = Readonly<Record<string, unknown>>;

const RANDOM_ID =
  'The id of the event may be random (a UUID without relation to what happened): it only tells events apart.';

const registered = caseEventSchemas[CASE_TYPES.registered];
const assessed = caseEventSchemas[CASE_TYPES.assessed];
const withdrawn = caseEventSchemas[CASE_TYPES.withdrawn];

/** What can be described, by name; `-data` is what an event's `dataschema` names. */
const SCHEMAS: Readonly<Record<string, { schema: z.ZodType; title: string; description?: string }>> = {
  'case-event': { schema: caseEventSchema, title: 'Any case event, as it is sent' },
  'case-registered': { schema: registered, title: 'A case, registered' },
  'case-registered-data': {
    schema: registered.shape.data,
    title: 'data of a registered case',
    description: RANDOM_ID,
  },
  'case-assessed': { schema: assessed, title: 'A case with its assessment' },
  'case-assessed-data': {
    schema: assessed.shape.data,
    title: 'data of an assessed case',
    description: RANDOM_ID,
  },
  'case-withdrawn': { schema: withdrawn, title: 'A case, withdrawn' },
  'case-withdrawn-data': {
    schema: withdrawn.shape.data,
    title: 'data of a withdrawn case',
    description: RANDOM_ID,
  },
  programme: { schema: programmeSchema, title: 'A programme, as it is set' },
  'price-list': { schema: priceListSchema, title: 'A price list, as it is set' },
  deliveries: {
    schema: deliveriesSchema,
    title: 'The expected deliveries of an organisation, as they are set',
  },
  'quarantine-decisions': {
    schema: quarantineDecisionsSchema,
    title: 'Decisions on events in quarantine, as they are sent',
  },
  'report-texts': { schema: reportTextsSchema, title: 'The texts of a report, as they are set' },
  mapping: { schema: mappingSchema, title: 'A mapping of an export to cases, as it is set' },
};

/** Rules that span the fields of a line, as `case-rules.ts` has them. */
const LINE_RULES = {
  anyOf: [
    { required: ['service'], properties: { amount: false } },
    { required: ['amount', 'costBearer'], properties: { service: false, quantity: false } },
  ],
  if: { required: ['years'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['recurrence'], properties: { recurrence: { const: 'yearly' } } },
};

/** Names of attributes, as `case-rules.ts` has them; `data_base64` is not among them. */
const EVENT_RULES = { propertyNames: { pattern: '^[a-z0-9]{1,64}$' } };

const EVENTS: ReadonlySet<unknown> = new Set([registered, assessed, withdrawn]);

/**
 * A zod schema as JSON Schema, with the rules that zod leaves to code and JSON Schema can say. Citizen service
 * numbers, dates that lie ahead and references between settings stay with the server.
 */
export function toJsonSchema(schema: z.ZodType, target: 'draft-2020-12' | 'draft-7'): JsonDocument {
  return z.toJSONSchema(schema, {
    target,
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === avoidedLineSchema) Object.assign(jsonSchema, LINE_RULES);
      if (EVENTS.has(zodSchema)) Object.assign(jsonSchema, EVENT_RULES);
    },
  });
}

/** Names of the JSON Schemas that there are. */
export const JSON_SCHEMA_NAMES: readonly string[] = Object.keys(SCHEMAS);

const made = new Map<string, JsonDocument>();

/** The JSON Schema (draft 2020-12) of a name, made from the schema that checks; undefined for other names. */
export function jsonSchema(name: string): JsonDocument | undefined {
  const known = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (known === undefined) return undefined;
  let document = made.get(name);
  if (document === undefined) {
    const { schema, ...texts } = known;
    const { $schema, ...rest } = toJsonSchema(schema, 'draft-2020-12');
    document = { $schema, $id: `/v1/schemas/${name}.json`, ...texts, ...rest };
    made.set(name, document);
  }
  return document;
}
