/** The parts of the contract that scenarios use, typed afresh: no type of the product is imported. */

export interface Line {
  service?: string;
  quantity?: string | number;
  amount?: string | number;
  costBearer?: string;
  likelihood?: string | number;
  contribution?: string | number;
  deadweight?: number;
  displacement?: number;
  dropOff?: number;
  recurrence?: 'one-off' | 'yearly';
  years?: number;
  effect?: string;
}

export interface CaseData {
  municipality: string;
  organisation: string;
  programme?: string;
  caseId: string;
  revision: number;
  date: string;
  theme: string;
  goal?: string;
  workType?: string;
  targetGroup?: string;
  supportType?: string;
  wellbeing?: string;
  area?: string;
  team?: string;
  residentKey?: string;
  followUp?: { date: string; outcome: string };
  similarCases?: number;
  cost?: string | number;
  avoided?: Line[];
}

export interface ScenarioEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  data: CaseData;
}

export type Scale = Record<'certain' | 'probable' | 'possible', number>;
/** A setting that starts on a date. */
export type Dated<T> = { from: string } & T;

export interface Programme {
  method: string;
  scale?: Scale | Dated<Scale>[];
  correctionFactors?: Dated<{ factor: string; theme?: string }>[];
  followingYears?: number | Dated<{ years: number }>[];
  costBearers: { code: string; name: string; municipal: boolean }[];
  discountRate?: { percent: string; yearZero: 'undiscounted' | 'discounted' };
  priceUncertainty?: number;
}

export interface PriceList {
  editions: Dated<{ items: { service: string; price: string; costBearer: string }[] }>[];
}

/** What an event is valued with: the programme as put, and its price list where lines name a service. */
export interface Settings {
  programme: Programme;
  priceList?: PriceList;
}

/**
 * One published figure of a scenario's expected.json: the sum of the named figures over the named groups of
 * its table (no groups: of the total). With `of` it is divided by the sum of those: over the total for a
 * percentage, over the same groups for a ratio. Figures are paths in an answer of `/v1/savings`, such as
 * "gross.oneOff".
 */
export interface ExpectedRow {
  label: string;
  groups?: string[];
  figure: string[];
  of?: string[];
  /** As printed in the study. */
  published: string;
  /** Euros in full, or a quotient with four decimals; absent for cases and for a sum of rounded figures. */
  exact?: string;
  /** Half away from zero where absent. */
  rounding?: 'truncated' | 'ten-thousands' | 'sum-of-rounded';
}

export interface ExpectedTable {
  table: string;
  title: string;
  /** Dimension of `/v1/savings` that the groups of the rows are values of. */
  groupBy?: string;
  unit: 'euro' | 'percent' | 'ratio' | 'cases';
  rows: ExpectedRow[];
}

/** The content of expected.json. */
export interface Expected {
  title: string;
  note: string;
  query: { municipality: string; organisation: string; programme: string; from: string; to: string };
  tables: ExpectedTable[];
}
