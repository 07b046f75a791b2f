/**
 * Which event of a case counts. Pure: the answer depends on the set of events and the settings alone, never on
 * the order of arrival (design, section 5).
 */
import { ASSESSMENT_SOURCE } from '@effectstroom/contracts';
import type { Micros } from '@effectstroom/database';
import type { Reason, Refusal } from '@effectstroom/valuation';
import { Revision } from './revision.ts';
import type { Judged, Judgement, SettingsBook } from './settings-book.ts';

export interface CaseEventRecord extends Judged {
  number: bigint;
  /** Number of the event's source. */
  source: number;
  knownAt: Micros;
  payload: string;
}

/** Why an event of a case stands in quarantine. */
export interface QuarantineReason {
  reason: Reason | 'revision-conflict' | 'dismissed';
  detail: string;
}

export interface Resolution {
  /** The event that is the case now, and what it is worth; absent while none can count. */
  counted: { record: CaseEventRecord; judgement: Judgement } | undefined;
  /** Events of higher revisions that cannot be valued. */
  refused: readonly { record: CaseEventRecord; refusal: Refusal }[];
  /** The events that were weighed: all but the dismissed ones. */
  weighed: CaseEvents;
  /** Events that a decision keeps out, and its reason. */
  dismissed: readonly { record: CaseEventRecord; because: string }[];
}

/** What stands in quarantine follows from these. */
export type Weighing = Pick<Resolution, 'refused' | 'weighed' | 'dismissed'>;

/** The events of one case, by revision. */
export class CaseEvents {
  #records: CaseEventRecord[] = [];
  /** Highest first. */
  #revisions: Revision[] = [];

  constructor(records: readonly CaseEventRecord[]) {
    for (const record of records) this.add(record);
  }

  /** In the order in which they became known. */
  get records(): readonly CaseEventRecord[] {
    return this.#records;
  }

  /** Adds an event; takes no longer when the case has many. */
  add(record: CaseEventRecord): void {
    const { revision } = record.event.data;
    if (this.#records.length === 0) {
      // Most cases have one event: lists that grow make room for more than that.
      this.#records = [record];
      this.#revisions = [new Revision(revision, record)];
      return;
    }
    this.#records.push(record);
    const place = this.#placeOf(revision);
    const same = this.#revisions[place];
    if (same?.revision === revision) same.add(record);
    else this.#revisions.splice(place, 0, new Revision(revision, record));
  }

  /**
   * The highest revision that can be valued is the case; higher ones that cannot, stand in quarantine. Dismissed events
   * are left out as if they had not come.
   */
  resolve(book: SettingsBook): Resolution {
    const dismissed = this.#dismissed(book);
    if (dismissed.length === 0) return this.#weigh(book, dismissed);
    const out = new Set(dismissed.map(({ record }) => record));
    return new CaseEvents(this.#records.filter((record) => !out.has(record))).#weigh(book, dismissed);
  }

  #dismissed(book: SettingsBook): Resolution['dismissed'] {
    if (!book.dismisses) return NOTHING;
    return this.#records.flatMap((record) => {
      const because = book.dismissal(record.event);
      return because === undefined ? [] : [{ record, because }];
    });
  }

  #weigh(book: SettingsBook, dismissed: Resolution['dismissed']): Resolution {
    let refused: Resolution['refused'] = NOTHING;
    for (const { standing } of this.#revisions) {
      const judgement = book.judgeOnce(standing);
      if (!('reason' in judgement))
        return { counted: { record: standing, judgement }, refused, weighed: this, dismissed };
      refused = [...refused, { record: standing, refusal: judgement }];
    }
    return { counted: undefined, refused, weighed: this, dismissed };
  }

  /**
   * The source that delivered the case: that of the event, but one that was made on the board is of the source that the
   * case first came from. Which that is never changes, so that what was counted for it can be taken back.
   */
  deliveredBy({ event, source }: CaseEventRecord): number {
    return event.source === ASSESSMENT_SOURCE ? (this.#records[0]?.source ?? source) : source;
  }

  /** By number: the events whose revision says something else too, and that lost. */
  conflicts(): readonly [number: bigint, reason: QuarantineReason][] {
    if (this.#records.length === this.#revisions.length) return NOTHING;
    return this.#revisions.flatMap((revision) =>
      revision
        .conflicts()
        .map(({ number }): [bigint, QuarantineReason] => [number, conflictOf(revision.revision)]),
    );
  }

  /** Where the revision stands, or would. */
  #placeOf(revision: number): number {
    let low = 0;
    let high = this.#revisions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#revisions[middle]?.revision ?? 0) > revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * By number: the events that stand in quarantine under a resolution. Events that neither count nor stand here are
 * superseded or duplicates.
 */
export function quarantineOf({
  weighed,
  refused,
  dismissed,
}: Weighing): ReadonlyMap<bigint, QuarantineReason> {
  const conflicts = weighed.conflicts();
  if (conflicts.length === 0 && refused.length === 0 && dismissed.length === 0) return NO_QUARANTINE;
  const quarantine = new Map(conflicts);
  for (const { record, refusal } of refused) quarantine.set(record.number, refusal);
  for (const { record, because } of dismissed)
    quarantine.set(record.number, { reason: 'dismissed', detail: because });
  return quarantine;
}

/** Most cases have none of these: one list and one map of nothing do for all. */
const NOTHING: readonly never[] = [];
const NO_QUARANTINE: ReadonlyMap<bigint, QuarantineReason> = new Map();

function conflictOf(revision: number): QuarantineReason {
  const detail = `Revision ${revision} was also sent with another type or data, logged later: send a higher revision`;
  return { reason: 'revision-conflict', detail };
}
