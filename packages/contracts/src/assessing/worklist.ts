/** The work list: cases that wait for an assessment. */
import { z } from 'zod';
import { count } from '../answers/amount.ts';
import { next, pageParameters, parseQuery } from '../answers/page.ts';
import { type Fault, FaultsError } from '../fault.ts';
import { civilDate, code, municipality, slug } from '../fields.ts';
import { reviewSchema } from './review.ts';

const SAMPLE_MOST = 100;
const SAMPLE_SAYS = `must be a whole number from 1 to ${SAMPLE_MOST}`;

/** Filters of lists of cases that are, or are to be, assessed. */
export const assessingFilters = {
  organisation: slug.exactOptional(),
  municipality: municipality.exactOptional(),
  programme: slug.exactOptional(),
  theme: code.exactOptional(),
  goal: code.exactOptional(),
  team: slug.exactOptional(),
};

/** Days of the cases in such a list, both inclusive. */
export const assessingPeriod = {
  from: civilDate.meta({ description: 'Cases from this day on' }).exactOptional(),
  to: civilDate.meta({ description: 'Cases up to and with this day' }).exactOptional(),
};

/** The parameters of `GET /v1/assessments`. */
export const worklistQuerySchema = z.strictObject({
  ...assessingFilters,
  ...assessingPeriod,
  sample: z
    .string({ error: SAMPLE_SAYS })
    .regex(/^[1-9]\d{0,2}$/, { error: SAMPLE_SAYS })
    .refine((text) => Number(text) <= SAMPLE_MOST, { error: SAMPLE_SAYS })
    .meta({
      description:
        'Draws so many cases of every goal, assessed ones too, and lists those of them that wait. ' +
        'Needs organisation, from and to',
    })
    .exactOptional(),
  seed: code
    .meta({ description: 'Another one draws other cases, the same one the same', default: '1' })
    .exactOptional(),
  ...pageParameters,
});

export type WorklistQuery = z.infer<typeof worklistQuerySchema>;

/** Reads the parameters of `GET /v1/assessments`. @throws FaultsError naming every fault */
export function parseWorklistQuery(parameters: unknown): WorklistQuery {
  const query = parseQuery(worklistQuerySchema, parameters);
  const faults: Fault[] = [];
  if (query.from !== undefined && query.to !== undefined && query.to < query.from)
    faults.push({ pointer: '/to', code: 'range', detail: 'must not lie before "from"' });
  if (query.sample !== undefined)
    for (const name of ['organisation', 'from', 'to'] as const)
      if (query[name] === undefined) {
        const detail = 'required: a sample is drawn of the cases of one organisation in a period';
        faults.push({ pointer: `/${name}`, code: 'required', detail });
      }
  if (faults.length > 0) throw new FaultsError(faults);
  return query;
}

/** What is shown of a case in a list. */
export const listedCase = {
  organisation: z.string(),
  municipality: z.string(),
  programme: z.string(),
  caseId: z.string(),
  revision: count.meta({ description: 'Of the event that counts' }),
  date: z.iso.date(),
  theme: z.string(),
  themeName: z.string().nullable(),
  goal: z.string().nullable(),
  goalName: z.string().nullable(),
  workType: z.string().nullable(),
  team: z.string().nullable(),
};

const similarCases = count
  .nullable()
  .meta({ description: 'Cases of the goal ÷ those drawn, rounded; null where no sample is drawn' });

const row = z
  .object({
    ...listedCase,
    state: z.enum(['registered', 'returned']),
    remarks: reviewSchema.shape.remarks.unwrap().meta({ description: 'Why it was returned' }),
    similarCases,
  })
  .meta({ id: 'WaitingCase' });

const drawnGoal = z
  .object({
    municipality: z.string(),
    programme: z.string(),
    theme: z.string(),
    goal: z.string().nullable(),
    goalName: z.string().nullable(),
    cases: count.meta({ description: 'Of the goal in the period, assessed or not' }),
    drawn: count,
    waiting: count.meta({ description: 'Of those drawn' }),
    similarCases: count,
  })
  .meta({ id: 'DrawnGoal' });

/** The answer of `GET /v1/assessments`. */
export const worklistSchema = z
  .object({
    rows: z.array(row).meta({ description: 'Returned ones first, then from the newest' }),
    waiting: count.meta({ description: 'On all pages' }),
    goals: z.array(drawnGoal).meta({ description: 'What was drawn; empty without a sample' }),
    next,
  })
  .meta({ id: 'Worklist' });

export type Worklist = z.infer<typeof worklistSchema>;
export type WaitingCase = z.infer<typeof row>;
