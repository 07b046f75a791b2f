/** Why a case cannot be valued. */

export type Reason =
  | 'unknown-programme'
  | 'unknown-theme'
  | 'unknown-goal'
  | 'unknown-work-type'
  | 'unknown-price-list'
  | 'unknown-service'
  | 'unknown-cost-bearer'
  | 'likelihood-missing'
  | 'contribution-missing'
  | 'no-price'
  | 'no-factor'
  | 'no-scale'
  | 'no-following-years'
  | 'no-discount-rate'
  | 'unreadable';

/** `detail` says what to add to the settings or the event. */
export interface Refusal {
  reason: Reason;
  detail: string;
}

export function refuse(reason: Reason, detail: string): Refusal {
  return { reason, detail };
}
