/** What the arithmetic needs to know of programmes and price lists, and how a date picks what holds. */

import { parseDecimal } from './money.ts';

export type Level = 'certain' | 'probable' | 'possible';

export interface ProgrammeSettings {
  method: 'preventiecalculator' | 'sroi';
  scale: readonly { from: string; certain: number; probable: number; possible: number }[];
  correctionFactors: readonly { from: string; factor: string; theme?: string | undefined }[];
  followingYears: readonly { from: string; years: number }[];
  priceList?: string | undefined;
  themes: readonly { code: string; goals: readonly { code: string }[] }[];
  workTypes: readonly { code: string }[];
  costBearers: readonly { code: string; municipal: boolean }[];
  /** `percent` of at most two decimals; `yearZero` says whether the first year is discounted too. */
  discountRate?:
    | readonly { from: string; percent: string; yearZero: 'undiscounted' | 'discounted' }[]
    | undefined;
  /** Percent by which prices may be lower or higher, for the range. */
  priceUncertainty?: number | undefined;
}

export interface PriceListItem {
  service: string;
  /** Euros, a decimal string. */
  price: string;
  costBearer: string;
  cashable?: string | undefined;
}

export interface PriceListSettings {
  editions: readonly { from: string; items: readonly PriceListItem[] }[];
}

/** The entry with the latest `from` that is not after the date; dates are 'YYYY-MM-DD'. */
export function inForce<T extends { from: string }>(entries: readonly T[], date: string): T | undefined {
  let best: T | undefined;
  for (const entry of entries)
    if (entry.from <= date && (best === undefined || entry.from > best.from)) best = entry;
  return best;
}

/**
 * The correction factor on the case's date for its theme, in ten-thousandths: one for the theme beats a
 * general one, then the latest `from` wins. 1.0000 on every date for SROI where the programme gives none.
 * @returns undefined where none is in force.
 */
export function correctionFactor(
  programme: Pick<ProgrammeSettings, 'method' | 'correctionFactors'>,
  theme: string,
  date: string,
): number | undefined {
  const factors = programme.correctionFactors;
  if (factors.length === 0 && programme.method === 'sroi') return 10_000;
  let own: (typeof factors)[number] | undefined;
  let general: (typeof factors)[number] | undefined;
  for (const factor of factors) {
    if (factor.from > date) continue;
    if (factor.theme === theme && (own === undefined || factor.from > own.from)) own = factor;
    if (factor.theme === undefined && (general === undefined || factor.from > general.from)) general = factor;
  }
  const found = own ?? general;
  return found === undefined ? undefined : Number(parseDecimal(found.factor, 4));
}
