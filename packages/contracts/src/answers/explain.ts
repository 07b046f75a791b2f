import { z } from 'zod';
import { amount, count, moment } from './amount.ts';
import { basisFilters } from './basis.ts';
import { explainCaseSchema } from './explain-case.ts';
import { EXPLAIN_LEVELS } from './explain-path.ts';
import { EXPLAIN_FIGURES } from './explain-query.ts';
import { next } from './page.ts';

const exact = z.string().meta({
  description:
    'Euros, not rounded: ten decimals for corrected and municipal, six for gross and cost. These add up exactly',
  example: '1250.0000000000',
});

const href = z
  .string()
  .meta({ description: 'Where to ask for it', example: '/v1/explain?from=…&path=theme:3' });
const label = z.string().meta({ description: 'Dutch', example: 'Thema 3: Kwetsbare inwoners' });

const basis = z
  .object({
    ...basisFilters,
    from: z.iso.date(),
    to: z.iso.date(),
    view: z.enum(['cohort', 'calendar']),
    asOf: moment.nullable().meta({ description: 'Everything known up to this moment is in' }),
    followingYears: count.meta({
      description: "The programme's following years; the largest in force in the period and scope",
    }),
  })
  .meta({ id: 'ExplainBasis' });

const step = z.object({
  level: z.enum(['total', ...EXPLAIN_LEVELS]),
  value: z.string().nullable().meta({ description: 'Null for the total, and for what has no value' }),
  label,
  sum: amount,
  exact,
  href,
});

const part = z.object({
  value: z.string().nullable().meta({
    description: 'The step that chooses this part; null where it has no value, or was erased',
  }),
  label,
  sum: amount,
  exact,
  href: href.nullable().meta({ description: 'One step down; null where nothing more is kept' }),
});

const pages = z.object({
  before: amount.meta({ description: 'Sum of the parts on pages before this one' }),
  page: amount,
  after: amount,
  exact: z
    .object({ before: exact, page: exact, after: exact })
    .meta({ description: 'before + page + after = exact of the step' }),
});

/** The answer of `GET /v1/explain`. */
export const explainSchema = z
  .object({
    basis,
    figure: z.enum(EXPLAIN_FIGURES),
    steps: z.array(step).meta({ description: 'From the whole figure to here: the way back up' }),
    sum: amount.meta({ description: 'Of the last step' }),
    exact,
    by: z
      .enum(EXPLAIN_LEVELS)
      .nullable()
      .meta({ description: 'What the parts are; null where there is nothing below' }),
    parts: z.array(part).meta({
      description:
        'What the sum consists of; parts that are 0 are left out. Dimensions, lines and years ascending ' +
        '(null last), cases from the largest',
    }),
    pages: pages.nullable().meta({ description: 'Null where there is nothing below' }),
    next,
    adds: z.boolean().meta({ description: 'Whether before + page + after is exactly the sum: always true' }),
    case: explainCaseSchema.exactOptional().meta({ description: 'From the level of a case on' }),
  })
  .meta({ id: 'Explanation' });

export type Explanation = z.infer<typeof explainSchema>;
export type ExplainBasis = Explanation['basis'];
export type ExplainedStep = Explanation['steps'][number];
export type ExplainedPart = Explanation['parts'][number];
