import { z } from 'zod';
import { caseId, slug } from '../fields.ts';
import { ledgerPartSchema } from '../ledger-part.ts';
import { amount, count, exactGross, moment } from './amount.ts';

/** Address of a case. */
export const caseAddressSchema = z.strictObject({ organisation: slug, caseId });

const identity = z.object({ source: z.string(), id: z.string() });

const caseEvent = z
  .object({
    ...identity.shape,
    type: z.string(),
    revision: count,
    time: z.string(),
    knownAt: moment,
    status: z.enum(['counted', 'superseded', 'duplicate', 'quarantined']),
    reason: z.string().nullable().meta({ description: 'Why it is in quarantine' }),
    detail: z.string().nullable(),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The case as the event gives it, without its residentKey' }),
  })
  .meta({ id: 'CaseHistoryEvent' });

const settings = z.object({
  kind: z.enum(['programme', 'price-list', 'quarantine']),
  key: z.string(),
  knownAt: moment,
});

const exact = exactGross.meta({ description: 'Euros of one case, exact to the micro-euro' });

/** One avoided line with everything that it was valued with. */
const line = z
  .object({
    service: z.string().nullable(),
    price: exact,
    quantity: z.string(),
    edition: z
      .object({ from: z.string(), priceLevel: z.int().nullable(), source: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of the price list; null where the event states the amount' }),
    likelihood: count.meta({ description: 'Percent' }),
    contribution: count,
    deadweight: count,
    displacement: count,
    dropOff: count,
    costBearer: z.string(),
    municipal: z.boolean(),
    recurrence: z.enum(['one-off', 'yearly']),
    effect: z.string().nullable(),
    cashable: z.string().nullable(),
    years: z.array(exact).meta({ description: 'Element k is what the line saves k years after the date' }),
  })
  .meta({ id: 'ValuedLine' });

/** What an entry adds to the totals, by kind of line and year; negative where it stops to count. */
const entryAmount = z.object({
  costBearer: z.string(),
  municipal: z.boolean(),
  recurrence: z.string(),
  effect: z.string().nullable(),
  cashable: z.string().nullable(),
  year: count.meta({ description: "Years after the case's date" }),
  ofOneCase: exact,
  gross: amount,
  corrected: amount,
});

const entry = z
  .object({
    knownAt: moment,
    sign: z.union([z.literal(1), z.literal(-1)]).meta({ description: '1 starts to count, -1 stops' }),
    part: ledgerPartSchema.meta({
      description: 'The part of a change that the entry belongs to; the parts add up to it',
    }),
    cause: z
      .union([z.object({ kind: z.literal('event'), ...identity.shape }), settings])
      .meta({ description: 'What made the entry: an event of the case, or settings' }),
    event: identity.meta({ description: 'The event whose contribution it is' }),
    date: z.iso.date(),
    assessed: z.boolean(),
    similarCases: count,
    cost: amount.meta({ description: 'Of one case' }),
    factor: z.string().meta({ description: 'Correction factor, four decimals', example: '0.9000' }),
    programme: settings.nullable(),
    priceList: settings.nullable(),
    lines: z.array(line).meta({ description: 'How each line was valued under these settings' }),
    amounts: z.array(entryAmount),
    gross: amount,
    corrected: amount,
  })
  .meta({ id: 'LedgerEntry' });

/** The answer of `GET /v1/cases/{organisation}/{caseId}`. */
export const caseHistorySchema = z
  .object({
    organisation: z.string(),
    caseId: z.string(),
    state: z
      .enum(['registered', 'assessed', 'withdrawn'])
      .nullable()
      .meta({ description: 'Null while all its events are in quarantine' }),
    events: z.array(caseEvent).meta({ description: 'In the order in which they became known' }),
    entries: z.array(entry).meta({ description: 'In the order in which they were made' }),
  })
  .meta({ id: 'CaseHistory' });

export type CaseHistoryAnswer = z.infer<typeof caseHistorySchema>;
export type CaseHistoryEvent = CaseHistoryAnswer['events'][number];
export type CaseHistoryEntry = CaseHistoryAnswer['entries'][number];
export type CaseHistoryLine = CaseHistoryEntry['lines'][number];
