/** `type` of each case event. */
export const CASE_TYPES = {
  registered: 'nl.effectstroom.case.registered',
  assessed: 'nl.effectstroom.case.assessed',
  withdrawn: 'nl.effectstroom.case.withdrawn',
} as const;

/** What a case event can be. */
export type CaseType = (typeof CASE_TYPES)[keyof typeof CASE_TYPES];

/** The dimensions of positive health (design §5). */
export const WELLBEING = [
  'bodily-functions',
  'mental-wellbeing',
  'meaningfulness',
  'quality-of-life',
  'participation',
  'daily-functioning',
] as const;

/** A level of the scale. */
export type Level = 'certain' | 'probable' | 'possible';

/** One avoided cost, with its defaults filled. */
export interface AvoidedLine {
  /** Code in the price list; else `amount` and `costBearer` stand here. */
  service?: string;
  /** Decimal without trailing zeros; with `service` only. */
  quantity?: string;
  /** Euros with exactly two decimals. */
  amount?: string;
  costBearer?: string;
  likelihood?: Level | number;
  contribution?: Level | number;
  recurrence: 'one-off' | 'yearly';
  years?: number;
  deadweight: number;
  displacement: number;
  dropOff: number;
  effect?: string;
  cashable?: 'cash' | 'capacity' | 'none';
}

/** What every case event says of its case. */
export interface CaseBase {
  municipality: string;
  organisation: string;
  programme: string;
  caseId: string;
  revision: number;
  /** Civil date, `YYYY-MM-DD`. */
  date?: string;
  theme?: string;
  goal?: string;
  workType?: string;
  targetGroup?: string;
  supportType?: string;
  team?: string;
  area?: string;
  wellbeing?: (typeof WELLBEING)[number];
  /** `rk`, the version of the secret, `:` and the keyed hash in base64url. */
  residentKey?: string;
  followUp?: { date: string; outcome: 'stayed-away' | 'partly' | 'used-anyway' };
}

/** `data` of a registered event. */
export interface RegisteredData extends CaseBase {
  date: string;
  theme: string;
}

/** `data` of an assessed event. */
export interface AssessedData extends RegisteredData {
  similarCases: number;
  /** Euros with exactly two decimals. */
  cost: string;
  avoided: AvoidedLine[];
}

/** `data` of a withdrawn event. */
export interface WithdrawnData extends CaseBase {
  reason?: 'error' | 'consent';
}

/** The attributes of a CloudEvent, without `type`; extensions and optional attributes come beside these. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  /** RFC 3339 in UTC. */
  time: string;
  datacontenttype?: string;
  dataschema?: string;
  subject?: string;
}

/** A case event as it is published and kept: checked, defaults filled, members in a fixed order. */
export type CaseEvent = CloudEvent &
  (
    | { type: typeof CASE_TYPES.registered; data: RegisteredData }
    | { type: typeof CASE_TYPES.assessed; data: AssessedData }
    | { type: typeof CASE_TYPES.withdrawn; data: WithdrawnData }
  );
