/** Which column of a table of prices is which member of an item, by its header in Dutch or English. */
import { plain } from '../records/header-words.ts';

/** Words of headers, as `plain` writes them. */
const WORDS = {
  from: ['vanaf', 'from', 'ingangsdatum', 'geldig vanaf'],
  service: ['dienst', 'service', 'dienstcode', 'voorziening'],
  name: ['naam', 'name', 'omschrijving'],
  unit: ['eenheid', 'unit'],
  price: ['prijs', 'price', 'tarief'],
  costBearer: ['kostenhouder', 'costbearer', 'cost bearer'],
  kind: ['soort', 'kind', 'soort prijs'],
  priceLevel: ['prijspeil', 'pricelevel', 'price level'],
  source: ['bron', 'source'],
  cashable: ['verzilverbaar', 'cashable', 'verzilverbaarheid'],
} as const;

export type PriceField = keyof typeof WORDS;

export const PRICE_FIELDS = Object.keys(WORDS) as PriceField[];

/** Fields that a table must have a column for. */
const REQUIRED = ['service', 'name', 'unit', 'price', 'costBearer'] as const satisfies PriceField[];

/** Every header that is known, to find the row of headers by. */
export const PRICE_HEADERS: readonly string[] = [...PRICE_FIELDS, ...Object.values(WORDS).flat()];

export interface PriceColumns {
  /** Places of the columns, from 0. */
  places: ReadonlyMap<PriceField, number>;
  /** Places of the columns that are no field. */
  ignored: number[];
  /** Fields with no column, and columns that name a field again. */
  missing: PriceField[];
  twice: { field: PriceField; column: number }[];
}

/** Finds the columns by the headers of a table. */
export function priceColumns(headers: readonly string[]): PriceColumns {
  const places = new Map<PriceField, number>();
  const ignored: number[] = [];
  const twice: PriceColumns['twice'] = [];
  for (const [column, header] of headers.entries()) {
    const field = fieldOf(header);
    if (field === undefined) ignored.push(column);
    else if (places.has(field)) twice.push({ field, column });
    else places.set(field, column);
  }
  return { places, ignored, missing: REQUIRED.filter((field) => !places.has(field)), twice };
}

/** The Dutch header of a field, as a message names it. */
export function headerOf(field: PriceField): string {
  return WORDS[field][0];
}

/** `Prijs (2)` is the second column with that header. */
function fieldOf(header: string): PriceField | undefined {
  const word = plain(header.replace(/ \(\d+\)$/, ''));
  return PRICE_FIELDS.find((field) => WORDS[field].some((known) => known === word));
}
