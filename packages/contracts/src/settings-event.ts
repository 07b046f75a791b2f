import type { CloudEvent, Level } from './case-event.ts';
import type { Closing } from './closings/closing.ts';
import type { Deliveries } from './deliveries/expected-deliveries.ts';
import type { Erasure } from './erasures/erasure.ts';
import type { QuarantineDecision } from './quarantine-decision.ts';
import type { ReportTexts } from './report-texts/report-texts.ts';

/** `type` of each settings event. */
export const SETTINGS_TYPES = {
  programme: 'nl.effectstroom.settings.programme',
  priceList: 'nl.effectstroom.settings.price-list',
  deliveries: 'nl.effectstroom.settings.deliveries',
  quarantine: 'nl.effectstroom.settings.quarantine',
  closing: 'nl.effectstroom.settings.closing',
  erasure: 'nl.effectstroom.settings.erasure',
  report: 'nl.effectstroom.settings.report',
} as const;

/** `source` of every settings event. */
export const SETTINGS_SOURCE = 'urn:effectstroom:ingest';

/** A code with its name. */
export interface Named {
  code: string;
  name: string;
}

/** What a programme is known by. */
export interface ProgrammeAddress {
  municipality: string;
  organisation: string;
  programme: string;
}

/** A programme as it is published and kept: checked, defaults filled, members in a fixed order. */
export interface Programme extends ProgrammeAddress {
  name: string;
  method: 'preventiecalculator' | 'sroi';
  /** Dated list in order of `from`; percentages. */
  scale: ({ from: string } & Record<Level, number>)[];
  /** In order of `from`, then theme (the general one first); factor with exactly four decimals. */
  correctionFactors: { from: string; factor: string; theme?: string }[];
  /** Dated list in order of `from`. */
  followingYears: { from: string; years: number }[];
  priceList?: string;
  themes: (Named & { goals: Named[] })[];
  /** Empty: the programme takes any work type. */
  workTypes: Named[];
  costBearers: (Named & { municipal: boolean })[];
  /** Amounts in euros with exactly two decimals. */
  budgets: { year: number; amount: string; theme?: string; workType?: string; fte?: string; note?: string }[];
  /** Dated list in order of `from`; absent: later years are not discounted. */
  discountRate?: { from: string; percent: string; yearZero: 'undiscounted' | 'discounted' }[];
  /** Percent by which prices may be lower or higher. */
  priceUncertainty?: number;
  /** What was really used (units) or spent (euros) of a service in a year: one of both. */
  ceilings?: { service: string; year: number; quantity?: string; amount?: string; source?: string }[];
}

/** One price of a service. */
export interface PriceItem {
  service: string;
  name: string;
  unit: string;
  /** Euros with exactly two decimals. */
  price: string;
  costBearer: string;
  kind?: string;
  priceLevel?: number;
  source?: string;
  cashable?: 'cash' | 'capacity' | 'none';
}

/** A price list as it is published and kept; editions in order of `from`. */
export interface PriceList {
  code: string;
  name: string;
  note?: string;
  editions: { from: string; priceLevel?: number; source?: string; items: PriceItem[] }[];
}

/** Settings as they are published and kept. */
export type SettingsEvent = CloudEvent &
  (
    | { type: typeof SETTINGS_TYPES.programme; data: Programme }
    | { type: typeof SETTINGS_TYPES.priceList; data: PriceList }
    | { type: typeof SETTINGS_TYPES.deliveries; data: Deliveries }
    | { type: typeof SETTINGS_TYPES.quarantine; data: QuarantineDecision }
    | { type: typeof SETTINGS_TYPES.closing; data: Closing }
    | { type: typeof SETTINGS_TYPES.erasure; data: Erasure }
    | { type: typeof SETTINGS_TYPES.report; data: ReportTexts }
  );
