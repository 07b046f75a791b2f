/** What stands between the steps of an explanation. */
import type { ExplainedCase, ExplainQuery, ExplainStep, Programme } from '@effectstroom/contracts';
import type { PartsPage } from './pages.ts';

/** What every step of the work needs. */
export interface Walk {
  query: ExplainQuery;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** What was known then is taken from the ledger; undefined is now. */
  moment: string | undefined;
  programmes: readonly Programme[];
}

/** A step with its sum, not yet written. */
export interface Step extends ExplainStep {
  label: string;
  exact: bigint;
}

/** What lies under the steps to a group. */
export interface Below {
  /** Steps inside a case. */
  steps: Step[];
  /** Undefined where there is nothing below. */
  page: PartsPage | undefined;
  case?: ExplainedCase;
}
