export { disappearingPrices, mergedPriceList } from './merge-price-lists.ts';
export { priceListChanges } from './price-list-changes.ts';
export {
  type EditionChanges,
  type PriceListChanges,
  type PriceListPreview,
  priceListPreviewSchema,
} from './price-list-preview.ts';
export { type PriceListQuery, priceListQuerySchema } from './price-list-query.ts';
