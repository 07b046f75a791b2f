import { z } from 'zod';
import { closingDataSchema } from './closings/closing.ts';
import { deliveriesDataSchema } from './deliveries/expected-deliveries.ts';
import { erasureDataSchema } from './erasures/erasure.ts';
import {
  budgetAmount,
  cashable,
  civilDate,
  code,
  discountPercent,
  factor,
  firstOfMonth,
  freeText,
  fullTimeEquivalents,
  money,
  municipality,
  oneOf,
  percentage,
  slug,
  timestamp,
  uriReference,
  volume,
  wholeNumber,
} from './fields.ts';
import { LIMITS } from './limits.ts';
import { quarantineDecisionSchema } from './quarantine-decision.ts';
import { reportTextsSchema } from './report-texts/report-texts.ts';
import { SETTINGS_TYPES } from './settings-event.ts';

const name = freeText(1, LIMITS.settingsNameLength);
const note = freeText(0, LIMITS.settingsNoteLength);
const year = wholeNumber(2000, 2100);

function list<Item extends z.ZodType>(item: Item, most: number, least = 0) {
  const says = `must be a list of ${least} to ${most} items`;
  return z.array(item, { error: says }).min(least, { error: says }).max(most, { error: says });
}

function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, { error: `must be an object with ${Object.keys(shape).join(', ')}` });
}

const levels = { certain: percentage, probable: percentage, possible: percentage };
const followingYears = wholeNumber(0, 39);
const named = { code, name };
const discount = {
  percent: discountPercent,
  yearZero: oneOf(['undiscounted', 'discounted']).meta({
    description: 'Whether the first year is discounted too',
  }),
};

/** Body of `PUT /v1/programmes/{municipality}/{organisation}/{programme}`. */
export const programmeSchema = object({
  name,
  method: oneOf(['preventiecalculator', 'sroi']),
  scale: z
    .union([object(levels), list(object({ from: civilDate, ...levels }), LIMITS.datedSettings, 1)], {
      error: 'must be the percentages of certain, probable and possible, or a list of these with from',
    })
    .optional(),
  correctionFactors: list(
    object({ from: firstOfMonth, factor, theme: code.optional() }),
    LIMITS.correctionFactors,
  ).optional(),
  followingYears: z
    .union(
      [followingYears, list(object({ from: civilDate, years: followingYears }), LIMITS.datedSettings, 1)],
      { error: 'must be a whole number from 0 to 39, or a list of these as years with from' },
    )
    .optional(),
  priceList: code.optional(),
  themes: list(
    object({ ...named, goals: list(object(named), LIMITS.goals).optional() }),
    LIMITS.themes,
  ).optional(),
  workTypes: list(object(named), LIMITS.workTypes).optional(),
  costBearers: list(
    object({ ...named, municipal: z.boolean({ error: 'must be true or false' }) }),
    LIMITS.costBearers,
  ).optional(),
  budgets: list(
    object({
      year,
      amount: budgetAmount,
      theme: code.optional(),
      workType: code.optional(),
      fte: fullTimeEquivalents.optional(),
      note: note.optional(),
    }),
    LIMITS.budgets,
  ).optional(),
  discountRate: z
    .union([object(discount), list(object({ from: civilDate, ...discount }), LIMITS.datedSettings)], {
      error: 'must be percent and yearZero, or a list of these with from',
    })
    .meta({ description: 'Later years count for less: year k is divided by (1 + percent)^k' })
    .optional(),
  priceUncertainty: percentage
    .meta({ description: 'Percent by which prices may be lower or higher, for the range; 10 where absent' })
    .optional(),
  ceilings: list(
    object({
      service: code,
      year,
      quantity: volume.optional(),
      amount: budgetAmount.optional(),
      source: note.optional(),
    }),
    LIMITS.ceilings,
  )
    .meta({ description: 'What the municipality really used or spent: claims above it are flagged' })
    .optional(),
}).meta({ id: 'Programme' });

const origin = { priceLevel: year.optional(), source: note.optional() };

const priceItem = object({
  service: code,
  name,
  unit: name,
  price: money,
  costBearer: code,
  kind: slug.optional(),
  ...origin,
  cashable: cashable.optional(),
});

/** Body of `PUT /v1/price-lists/{code}`. */
export const priceListSchema = object({
  code: code.optional(),
  name,
  note: note.optional(),
  editions: list(
    object({ from: civilDate, ...origin, items: list(priceItem, LIMITS.items) }),
    LIMITS.editions,
    1,
  ),
}).meta({ id: 'PriceList' });

/** Address of a programme. */
export const programmeAddressSchema = object({ municipality, organisation: slug, programme: slug });
/** Address of a price list. */
export const priceListAddressSchema = object({ code });

const attributes = {
  specversion: z.literal('1.0'),
  id: freeText(1, LIMITS.idLength),
  source: uriReference,
  time: timestamp,
};

/** A settings event as ingest publishes it. */
export const settingsEventSchema = z.discriminatedUnion('type', [
  object({
    ...attributes,
    type: z.literal(SETTINGS_TYPES.programme),
    data: object({ ...programmeAddressSchema.shape, ...programmeSchema.shape }),
  }),
  object({
    ...attributes,
    type: z.literal(SETTINGS_TYPES.priceList),
    data: object({ ...priceListSchema.shape, code }),
  }),
  object({ ...attributes, type: z.literal(SETTINGS_TYPES.deliveries), data: deliveriesDataSchema }),
  object({ ...attributes, type: z.literal(SETTINGS_TYPES.quarantine), data: quarantineDecisionSchema }),
  object({ ...attributes, type: z.literal(SETTINGS_TYPES.closing), data: closingDataSchema }),
  object({ ...attributes, type: z.literal(SETTINGS_TYPES.erasure), data: erasureDataSchema }),
  object({
    ...attributes,
    type: z.literal(SETTINGS_TYPES.report),
    data: object({ ...programmeAddressSchema.shape, ...reportTextsSchema.shape }),
  }),
]);

/** A programme as it is sent. */
export type SentProgramme = z.infer<typeof programmeSchema>;
/** A price list as it is sent. */
export type SentPriceList = z.infer<typeof priceListSchema>;
