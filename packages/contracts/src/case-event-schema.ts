import { z } from 'zod';
import { CASE_TYPES, type CaseType, WELLBEING } from './case-event.ts';
import {
  area,
  caseId,
  cashable,
  civilDate,
  code,
  freeText,
  likelihood,
  money,
  municipality,
  oneOf,
  percentage,
  quantity,
  slug,
  timestamp,
  uri,
  uriReference,
  wholeNumber,
} from './fields.ts';
import { LIMITS } from './limits.ts';

const EXTENSION_SAYS = `must be a text of at most ${LIMITS.extensionLength} characters, a boolean or an int32`;
const extensionValue = z.union([freeText(0, LIMITS.extensionLength), z.boolean(), z.int32(), z.null()], {
  error: EXTENSION_SAYS,
});

/** One line of an assessment, as it is sent. Service or amount is a rule of `case-rules.ts`. */
export const avoidedLineSchema = z
  .strictObject(
    {
      service: code.optional(),
      quantity: quantity.optional(),
      amount: money.optional(),
      costBearer: code.optional(),
      likelihood: likelihood.optional(),
      contribution: likelihood.optional(),
      recurrence: oneOf(['one-off', 'yearly']).optional(),
      years: wholeNumber(1, 40).optional(),
      deadweight: percentage.optional(),
      displacement: percentage.optional(),
      dropOff: percentage.optional(),
      effect: slug.optional(),
      cashable: cashable.optional(),
    },
    { error: 'must be an object: one line of avoided cost' },
  )
  .meta({ id: 'AvoidedLine', description: 'One avoided cost: a service of the price list, or an amount' });

const followUp = z.strictObject(
  { date: civilDate, outcome: oneOf(['stayed-away', 'partly', 'used-anyway']) },
  { error: 'must be an object with date and outcome' },
);

const identity = {
  municipality,
  organisation: slug,
  programme: slug.optional().meta({ default: 'main' }),
  caseId,
  revision: wholeNumber(0, Number.MAX_SAFE_INTEGER),
};

const optionalOfEveryType = {
  goal: code.optional(),
  workType: code.optional(),
  targetGroup: slug.optional(),
  supportType: slug.optional(),
  team: slug.optional(),
  area: area.optional(),
  wellbeing: oneOf(WELLBEING).optional(),
  residentKey: freeText(16, 128).optional(),
  followUp: followUp.optional(),
};

const registered = { ...identity, date: civilDate, theme: code, ...optionalOfEveryType };

const assessed = {
  ...registered,
  similarCases: wholeNumber(1, 100_000).optional().meta({ default: 1 }),
  cost: money.optional().meta({ default: '0.00' }),
  avoided: z
    .array(avoidedLineSchema, { error: 'must be a list of 1 to 50 lines' })
    .min(1, { error: 'must have at least 1 line' })
    .max(LIMITS.avoidedLines, { error: `must have at most ${LIMITS.avoidedLines} lines` }),
};

const withdrawn = {
  ...identity,
  date: civilDate.optional(),
  theme: code.optional(),
  ...optionalOfEveryType,
  reason: oneOf(['error', 'consent']).optional(),
};

/**
 * Every field that `data` may have with some type: what is known but not allowed is told apart from unknown.
 */
export const DATA_FIELDS: ReadonlySet<string> = new Set([...Object.keys(assessed), 'reason']);

/** Upper and lower case are spelt out: JSON Schema has no flag for it. */
const JSON_TYPE = new RegExp(
  `^${inAnyCase('application/json')}(?:\\s*;\\s*${inAnyCase('charset')}="?${inAnyCase('utf-8')}"?)?$`,
);

function inAnyCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

const DATA_SAYS = 'must be an object: the case';

function eventSchema<Type extends z.ZodType, Data extends z.ZodType>(type: Type, data: Data) {
  return z
    .object(
      {
        specversion: z.literal('1.0', { error: 'must be "1.0"' }),
        id: freeText(1, LIMITS.idLength),
        source: uriReference,
        type,
        time: timestamp,
        datacontenttype: z
          .string({ error: 'must be application/json' })
          .regex(JSON_TYPE, { error: 'must be application/json' })
          .nullish(),
        dataschema: uri.nullish(),
        subject: freeText(1, LIMITS.subjectLength).nullish(),
        data,
      },
      { error: 'must be an object: one CloudEvent' },
    )
    .catchall(extensionValue);
}

/** Schemas of case events as they are sent, by `type`. */
export const caseEventSchemas = {
  [CASE_TYPES.registered]: eventSchema(
    z.literal(CASE_TYPES.registered),
    z.strictObject(registered, { error: DATA_SAYS }),
  ).meta({ id: 'CaseRegistered' }),
  [CASE_TYPES.assessed]: eventSchema(
    z.literal(CASE_TYPES.assessed),
    z.strictObject(assessed, { error: DATA_SAYS }),
  ).meta({ id: 'CaseAssessed' }),
  [CASE_TYPES.withdrawn]: eventSchema(
    z.literal(CASE_TYPES.withdrawn),
    z.strictObject(withdrawn, { error: DATA_SAYS }),
  ).meta({ id: 'CaseWithdrawn' }),
} as const;

/** For an event of an unknown `type`, which never passes: also names whatever no type allows. */
export const anyCaseEventSchema = eventSchema(
  z.enum(CASE_TYPES, { error: `must be one of ${Object.values(CASE_TYPES).join(', ')}` }),
  z.strictObject({ ...z.strictObject(assessed).partial().shape, ...withdrawn }, { error: DATA_SAYS }),
).pipe(z.never());

/** A case event as it is sent, after its checks. */
export type SentCaseEvent = z.infer<(typeof caseEventSchemas)[CaseType]>;
/** `data` of an assessed event as it is sent. */
export type SentAvoidedLine = z.infer<typeof avoidedLineSchema>;
