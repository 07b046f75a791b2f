/** What is asked of the recomputation, and what it needs to know of settings. */

export interface Question {
  from: string;
  to: string;
  view: 'cohort' | 'calendar';
  groupBy: string[];
  filters: Record<string, string>;
  /** Undefined takes everything. */
  asOfMinute: number | undefined;
  /** Undefined may read all. */
  organisations: string[] | undefined;
  /** The day whose prices are asked. */
  prices?: string | undefined;
}

/** What the recomputation needs to know of a programme. */
export interface Programme {
  municipality: string;
  organisation: string;
  programme: string;
  followingYears: { from: string; years: number }[];
  priceList?: string;
  budgets: { year: number; amount: string; theme?: string; workType?: string }[];
}

export interface PriceList {
  code: string;
  editions: { from: string; items: { service: string; price: string }[] }[];
}
