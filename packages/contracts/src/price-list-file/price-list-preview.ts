import { z } from 'zod';
import { priceListSchema } from '../settings-schema.ts';

const price = z.string().meta({ description: 'Euros with two decimals', example: '64.00' });
const item = z.object({ service: z.string(), name: z.string(), unit: z.string(), price });

const edition = z
  .object({
    from: z.string(),
    state: z.enum(['added', 'removed', 'kept']),
    comparedWith: z
      .string()
      .nullable()
      .meta({
        description:
          'The edition it is compared with: the same one as it was, or for a new one the edition ' +
          'in force before it; null where there is none',
      }),
    added: z.array(item),
    removed: z.array(item),
    repriced: z.array(
      item.omit({ price: true }).extend({
        before: price,
        after: price,
        percent: z
          .string()
          .nullable()
          .meta({ description: 'Change in percent with one decimal; null from nothing', example: '-2.5' }),
      }),
    ),
    altered: z.array(
      z.object({
        service: z.string(),
        members: z.array(z.string()).meta({ description: 'What differs beside the price, as costBearer' }),
      }),
    ),
  })
  .meta({ id: 'EditionChanges' });

const changes = z
  .object({
    unchanged: z.boolean().meta({ description: 'Publishing this list would change nothing' }),
    name: z.boolean().meta({ description: 'The name or note differs' }),
    editions: z.array(edition).meta({ description: 'Only those in which something changes' }),
  })
  .meta({ id: 'PriceListChanges' });

/** The answer of `PUT /v1/price-lists/{code}?dryRun=true`. */
export const priceListPreviewSchema = z
  .object({
    list: priceListSchema.meta({
      id: 'PreviewedPriceList',
      description: 'The list as it would be published',
    }),
    ignored: z.array(z.string()).meta({ description: 'Headers of columns that are not read' }),
    changes: changes
      .nullable()
      .meta({ description: 'Against the list as it was last taken in here; null where none is known' }),
    disappearing: z.int().nullable().meta({
      description:
        'Prices of editions that are there now and would not be any more; null where that is not known',
    }),
    says: z.string().nullable().meta({
      description:
        'Why the same is refused (409) without removes=true, or what is not known; null is nothing',
    }),
  })
  .meta({ id: 'PriceListPreview' });

export type PriceListPreview = z.infer<typeof priceListPreviewSchema>;
export type PriceListChanges = z.infer<typeof changes>;
export type EditionChanges = z.infer<typeof edition>;
