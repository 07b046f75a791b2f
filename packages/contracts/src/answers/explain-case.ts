import { z } from 'zod';
import { ledgerPartSchema } from '../ledger-part.ts';
import { amount, count, exactGross, moment } from './amount.ts';
import { EXPLAIN_LEVELS } from './explain-path.ts';

const micros = exactGross.meta({ description: 'Euros of one case, exact to the micro-euro' });

const percentage = z.object({
  given: z
    .union([z.string(), z.int()])
    .nullable()
    .meta({ description: 'As the event gives it: a level or a number; null where the method says 100' }),
  percent: count,
});

const settings = z
  .object({
    kind: z.string().meta({ description: 'programme or price-list', example: 'price-list' }),
    key: z.string(),
    knownAt: moment.meta({ description: 'Which version: when it became known' }),
    href: z.string(),
  })
  .meta({ description: 'A version of settings' });

/** How a line was valued: everything that its amount is made of. */
const working = z
  .object({
    service: z
      .object({ code: z.string(), name: z.string(), unit: z.string() })
      .nullable()
      .meta({ description: 'Null where the event states the amount' }),
    price: micros.meta({ description: 'Per unit' }),
    edition: z
      .object({ from: z.string(), priceLevel: z.int().nullable(), source: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of the price list' }),
    quantity: z.string(),
    likelihood: percentage,
    contribution: percentage,
    scaleFrom: z
      .string()
      .nullable()
      .meta({ description: 'Which scale gives the percentages of levels: in force from this day' }),
    deadweight: count,
    displacement: count,
    dropOff: count,
    discount: z
      .object({ from: z.string(), percent: z.string(), yearZero: z.string() })
      .nullable()
      .meta({ description: 'The discount rate in force' }),
    formula: z.string().meta({ description: 'The working out in Dutch, with the numbers' }),
  })
  .meta({ id: 'ExplainedWorking' });

const line = z
  .object({
    line: count.meta({ description: 'Its place in the event, from 1' }),
    costBearer: z.string(),
    municipal: z.boolean(),
    recurrence: z.enum(['one-off', 'yearly']),
    effect: z.string().nullable(),
    cashable: z.string().nullable(),
    working: working.nullable().meta({
      description: 'Null where the settings no longer give the recorded amounts; these stay',
    }),
    years: z.array(
      z.object({
        year: count.meta({ description: "Years after the case's date" }),
        day: z.iso.date().meta({ description: 'When it is realised' }),
        ofOneCase: micros,
        counts: z.boolean().meta({ description: 'Whether it stands in the question and the steps' }),
        sum: amount.meta({ description: 'Of the figure that is explained' }),
      }),
    ),
    sum: amount.meta({ description: 'Of the years that count' }),
  })
  .meta({ id: 'ExplainedLine' });

const event = z.object({
  source: z.string(),
  id: z.string(),
  type: z.string(),
  revision: count,
  time: z.string(),
  knownAt: moment,
  counts: z.boolean().meta({ description: 'Whether the case is what this event says' }),
  quarantine: z.string().nullable().meta({ description: 'Why it is in quarantine now' }),
});

const entry = z.object({
  knownAt: moment,
  sign: z.union([z.literal(1), z.literal(-1)]).meta({ description: '1 starts to count, -1 stops' }),
  part: ledgerPartSchema.meta({ description: 'The part of a change that it belongs to' }),
  cause: z
    .string()
    .meta({ description: 'What made the entry', example: 'price-list kostenhandleiding' })
    .nullable(),
  gross: amount,
  corrected: amount,
});

/** One case with everything that its amount is made of. */
export const explainCaseSchema = z
  .object({
    organisation: z.string(),
    caseId: z.string(),
    counts: z.boolean().meta({ description: 'Whether the case counts at the moment of the answer' }),
    date: z.iso.date().nullable(),
    similarCases: count,
    cost: amount.nullable().meta({ description: 'Of one case' }),
    factor: z
      .object({ value: z.string(), from: z.string().nullable(), theme: z.string().nullable() })
      .nullable()
      .meta({ description: 'The correction factor, the day from which it holds, and the theme it is for' }),
    lines: z.array(line),
    events: z.array(event).meta({ description: 'In the order in which they became known' }),
    entries: z.array(entry).meta({ description: 'Of the ledger, in the order in which they were made' }),
    settings: z.array(settings).meta({ description: 'The versions that value the case' }),
    up: z
      .array(
        z.object({
          level: z.enum(EXPLAIN_LEVELS),
          value: z.string().nullable(),
          label: z.string(),
          href: z.string(),
        }),
      )
      .meta({ description: 'The totals in which the case stands' }),
    history: z.string().meta({ description: 'Where to ask for the whole history of the case' }),
  })
  .meta({ id: 'ExplainedCase' });

export type ExplainedCase = z.infer<typeof explainCaseSchema>;
export type ExplainedLine = ExplainedCase['lines'][number];
export type ExplainedWorking = NonNullable<ExplainedLine['working']>;
