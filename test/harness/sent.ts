/** Events and settings as they are sent, typed afresh: no type of the product is imported. */
import type { CaseData, Dated, Line, Programme } from '../scenarios/scenario.ts';

export const TYPES = {
  registered: 'nl.effectstroom.case.registered',
  assessed: 'nl.effectstroom.case.assessed',
  withdrawn: 'nl.effectstroom.case.withdrawn',
} as const;

export type SentLine = Line & { cashable?: 'cash' | 'capacity' | 'none' };

export type SentData = Omit<CaseData, 'date' | 'theme' | 'avoided'> & {
  date?: string;
  theme?: string;
  avoided?: SentLine[];
  reason?: 'error' | 'consent';
};

export interface SentEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: (typeof TYPES)[keyof typeof TYPES];
  time: string;
  data: SentData;
}

interface Named {
  code: string;
  name: string;
}

/** Body of `PUT /v1/programmes/{municipality}/{organisation}/{programme}`. */
export interface SentProgramme extends Programme {
  name: string;
  method: 'preventiecalculator' | 'sroi';
  priceList?: string;
  themes: (Named & { goals: Named[] })[];
  workTypes?: Named[];
  budgets?: { year: number; amount: string; theme?: string; workType?: string }[];
}

/** Body of `PUT /v1/price-lists/{code}`. */
export interface SentPriceList {
  name: string;
  editions: Dated<{ items: SentItem[] }>[];
}

export interface SentItem {
  service: string;
  name: string;
  unit: string;
  price: string;
  costBearer: string;
  cashable?: 'cash' | 'capacity' | 'none';
}

/** A decision on an event in quarantine. */
export interface Decision {
  organisation: string;
  source: string;
  id: string;
  decision: 'dismiss' | 'retry';
}

/** The settings that hold, by address (`GM0394/meerwaarde/main`) and by code. */
export interface Book {
  /** Identities of the events that are dismissed, as `identityOf` gives them. */
  dismissed: Set<string>;
  programmes: Map<string, SentProgramme>;
  priceLists: Map<string, SentPriceList>;
}

export function addressOf(data: { municipality: string; organisation: string; programme?: string }): string {
  return `${data.municipality}/${data.organisation}/${data.programme ?? 'main'}`;
}
