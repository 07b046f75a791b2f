import type { z } from 'zod';
import { CASE_TYPES } from '../case-event.ts';
import { avoidedLineSchema, caseEventSchemas } from '../case-event-schema.ts';
import { municipality, oneOf, slug } from '../fields.ts';

/**
 * How a cell becomes a value: `text` is trimmed, `identifier` too, with `:` for `/` and `_` for white space;
 * `slug` is made a slug, `choice` one of the contract's words,
 * `likelihood` a level or percentage, `revision` a whole number or the milliseconds of a date and time,
 * `count` a whole number. `money` and `quantity` become decimal strings.
 */
export type FieldKind =
  | 'text'
  | 'identifier'
  | 'slug'
  | 'choice'
  | 'date'
  | 'revision'
  | 'count'
  | 'percentage'
  | 'likelihood'
  | 'money'
  | 'quantity';

/** A field that a mapping can fill: how its cells are read, and the schema of what it becomes. */
export interface FieldRule {
  kind: FieldKind;
  schema: z.ZodType;
}

const assessed = caseEventSchemas[CASE_TYPES.assessed].shape.data.shape;
const withdrawn = caseEventSchemas[CASE_TYPES.withdrawn].shape.data.shape;
const followUp = assessed.followUp.unwrap().shape;
const line = avoidedLineSchema.shape;

/** What `type` can give. */
export const MAPPED_TYPES = ['registered', 'assessed', 'withdrawn'] as const;

/** Fields of a mapping beside its `case` and `lines`. */
export const TOP_FIELDS = {
  municipality: { kind: 'text', schema: municipality },
  programme: { kind: 'slug', schema: slug },
  type: { kind: 'choice', schema: oneOf(MAPPED_TYPES) },
} as const satisfies Record<string, FieldRule>;

/** Fields of a mapping's `case`. */
export const CASE_FIELDS = {
  caseId: { kind: 'identifier', schema: assessed.caseId },
  revision: { kind: 'revision', schema: assessed.revision },
  date: { kind: 'date', schema: assessed.date },
  theme: { kind: 'text', schema: assessed.theme },
  goal: { kind: 'text', schema: assessed.goal },
  workType: { kind: 'text', schema: assessed.workType },
  targetGroup: { kind: 'slug', schema: assessed.targetGroup },
  supportType: { kind: 'slug', schema: assessed.supportType },
  team: { kind: 'slug', schema: assessed.team },
  area: { kind: 'text', schema: assessed.area },
  wellbeing: { kind: 'choice', schema: assessed.wellbeing },
  residentKey: { kind: 'text', schema: assessed.residentKey },
  similarCases: { kind: 'count', schema: assessed.similarCases },
  cost: { kind: 'money', schema: assessed.cost },
  reason: { kind: 'choice', schema: withdrawn.reason },
  followUpDate: { kind: 'date', schema: followUp.date },
  followUpOutcome: { kind: 'choice', schema: followUp.outcome },
} as const satisfies Record<string, FieldRule>;

/** Fields of each of a mapping's `lines`. */
export const LINE_FIELDS = {
  service: { kind: 'text', schema: line.service },
  quantity: { kind: 'quantity', schema: line.quantity },
  amount: { kind: 'money', schema: line.amount },
  costBearer: { kind: 'text', schema: line.costBearer },
  likelihood: { kind: 'likelihood', schema: line.likelihood },
  contribution: { kind: 'likelihood', schema: line.contribution },
  recurrence: { kind: 'choice', schema: line.recurrence },
  years: { kind: 'count', schema: line.years },
  deadweight: { kind: 'percentage', schema: line.deadweight },
  displacement: { kind: 'percentage', schema: line.displacement },
  dropOff: { kind: 'percentage', schema: line.dropOff },
  effect: { kind: 'slug', schema: line.effect },
  cashable: { kind: 'choice', schema: line.cashable },
} as const satisfies Record<string, FieldRule>;

/** Name of a field of a mapping's `case`. */
export type CaseFieldName = keyof typeof CASE_FIELDS;
/** Name of a field of one of a mapping's `lines`. */
export type LineFieldName = keyof typeof LINE_FIELDS;

/** Kinds that a mapping may put a prefix before. */
export const TEXT_KINDS: ReadonlySet<FieldKind> = new Set(['text', 'identifier', 'slug']);

const NUMBERS: ReadonlySet<FieldKind> = new Set(['revision', 'count', 'percentage', 'likelihood']);

/**
 * A constant, default or translated value, as an event has it: whole numbers as numbers, the rest as text.
 */
export function valueOfTarget(kind: FieldKind, target: string): string | number {
  return NUMBERS.has(kind) && /^\d{1,16}$/.test(target) ? Number(target) : target;
}
