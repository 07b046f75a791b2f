import { z } from 'zod';
import { reviewSchema } from '../assessing/review.ts';
import { caseEventSchemas } from '../case-event-schema.ts';
import { deliveriesSchema } from '../deliveries/expected-deliveries.ts';
import { mappingSchema } from '../mapping/index.ts';
import { quarantineDecisionsSchema } from '../quarantine-decision.ts';
import { reportTextsSchema } from '../report-texts/report-texts.ts';
import { priceListSchema, programmeSchema } from '../settings-schema.ts';
import { notificationSchema } from '../zaken/notification.ts';
import { newKeySchema, rotationSchema } from './key.ts';

/** What may be sent: the names of its members say nothing about anybody. */
const SENT = [
  ...Object.values(caseEventSchemas),
  programmeSchema,
  priceListSchema,
  quarantineDecisionsSchema,
  mappingSchema,
  deliveriesSchema,
  reportTextsSchema,
  reviewSchema,
  notificationSchema,
  newKeySchema,
  rotationSchema,
];

let names: ReadonlySet<string> | undefined;

/**
 * A pointer that holds nothing of what was sent: it ends before the first name that no schema has, which a
 * sender made up.
 */
export function knownPointer(pointer: string): string {
  names ??= new Set(SENT.flatMap((schema) => memberNames(asJsonSchema(schema))));
  let known = '';
  for (const step of pointer.split('/').slice(1)) {
    if (!names.has(step) && !/^(?:0|[1-9]\d{0,3})$/.test(step)) break;
    known += `/${step}`;
  }
  return known;
}

function asJsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/** Names of all members that a JSON Schema describes, however deep. */
function memberNames(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(memberNames);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => [
    ...(keyword === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...memberNames(value),
  ]);
}
